package dev.countersign.demo.story;

/**
 * A name and a value that may be shown: secrets are shortened.
 *
 * @param name a parameter, claim or field
 * @param value its text
 */
public record Detail(String name, String value) {}
