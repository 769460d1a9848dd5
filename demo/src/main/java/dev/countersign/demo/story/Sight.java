package dev.countersign.demo.story;

import dev.countersign.requirement.RequirementId;

/**
 * Something that was to be seen in a message.
 *
 * @param id the requirement it belongs to
 * @param what the sight, a short sentence
 */
public record Sight(RequirementId id, String what) {}
