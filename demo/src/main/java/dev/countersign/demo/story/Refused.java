package dev.countersign.demo.story;

import dev.countersign.requirement.RequirementId;

/**
 * Why a request was refused, as the refusing party itself says.
 *
 * @param rule the requirement that was not met
 * @param description the public text
 */
public record Refused(RequirementId rule, String description) {}
