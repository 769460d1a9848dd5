package dev.countersign.server.config;

import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The operator's logo: SVG or PNG, known by its content and not by its name.
 *
 * @param bytes 1 byte to 256 KiB; copied in and out
 * @param mediaType what it is
 */
@SuppressWarnings("ArrayRecordComponent") // copied in and out, never compared
public record Logo(byte[] bytes, String mediaType) {
  /** The largest, in bytes. */
  static final int LARGEST = 256 * 1024;

  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
  private static final String SVG = "http://www.w3.org/2000/svg";

  /** Copies the bytes. */
  public Logo {
    bytes = bytes.clone();
  }

  /** The picture of these bytes; anything but SVG or PNG is an {@link IllegalArgumentException}. */
  static Logo of(byte[] bytes) {
    if (bytes.length <= LARGEST && startsAsPng(bytes)) {
      return new Logo(bytes, "image/png");
    }
    if (bytes.length <= LARGEST && isSvg(bytes)) {
      return new Logo(bytes, "image/svg+xml");
    }
    throw new IllegalArgumentException("Logo must be SVG or PNG of at most 256 KiB");
  }

  private static boolean startsAsPng(byte[] bytes) {
    return bytes.length > PNG.length && Arrays.equals(bytes, 0, PNG.length, PNG, 0, PNG.length);
  }

  /**
   * Whether it is UTF-8 and well-formed to its end, with the right root; nothing outside it is
   * read.
   */
  private static boolean isSvg(byte[] bytes) {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    try {
      // Decoded before: of bytes that are no text the parser prints a line of its own.
      CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      XMLStreamReader xml = factory.createXMLStreamReader(new StringReader(text.toString()));
      boolean svg = false;
      int depth = 0;
      while (xml.hasNext()) {
        int event = xml.next();
        if (event == XMLStreamConstants.START_ELEMENT && depth++ == 0) {
          svg = xml.getLocalName().equals("svg") && SVG.equals(xml.getNamespaceURI());
        }
      }
      return svg;
    } catch (CharacterCodingException | XMLStreamException e) {
      return false;
    }
  }

  /** The bytes, a copy. */
  @Override
  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public String toString() {
    return "Logo[" + mediaType + "]";
  }
}
