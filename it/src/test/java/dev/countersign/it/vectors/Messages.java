package dev.countersign.it.vectors;

import java.util.Base64;

/** The messages that are signed, well or badly. */
final class Messages {
  static final String AMOUNT =
      "{\"instructedAmount\":{\"currency\":\"EUR\",\"amount\":\"123.50\"}}";
  static final String OTHER_AMOUNT =
      "{\"instructedAmount\":{\"currency\":\"EUR\",\"amount\":\"923.50\"}}";
  static final String ACCEPTED = "{\"paymentId\":\"36fc67776\",\"status\":\"accepted\"}";

  private static final String TOKEN = "Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU";

  /** With a proof of DPoP that is none: signatures cover it whatever it is. */
  static final Message PAYMENT =
      Message.request("POST", "https://rs.example.com/payments?async=true")
          .with("Authorization", "DPoP " + TOKEN)
          .with("DPoP", "eyJhbGciOiJFZERTQSJ9.e30.AA")
          .carrying(AMOUNT);

  static final Message ACCOUNTS =
      Message.request("GET", "https://rs.example.com/accounts")
          .with("Authorization", "DPoP " + TOKEN)
          .with("DPoP", "eyJhbGciOiJFZERTQSJ9.e30.AA");

  /** The token is bound to the certificate of the connection. */
  static final Message PAYMENT_BY_CERTIFICATE =
      Message.request("POST", "https://rs.example.com/payments?async=true")
          .with("Authorization", "Bearer " + TOKEN)
          .carrying(AMOUNT);

  static final Message CREATED = Message.response(201).carrying(ACCEPTED);

  /** {@link #AMOUNT}, compressed. */
  static final byte[] ZIPPED =
      Base64.getDecoder()
          .decode(
              "H4sIAAAAAAACA6tWyswrLikqTS5JTXHMzS/NK1GyqlZKLi0qSs1LrlSyUnINDVLSUUqESikZGhnrmRoo1d"
                  + "YCAAjsPSs5AAAA");

  private Messages() {}
}
