package dev.countersign.it.browser;

import dev.countersign.protocol.rar.AuthorizationDetails;

/** What clients may ask for of each type that comes with the product. */
enum Details {
  /** A payment of which the person chooses the account. */
  PAYMENT(
      """
      [{"type": "payment_initiation",
        "instructedAmount": {"currency": "EUR", "amount": "1250.5"},
        "creditorName": "Stadtwerke Überlingen",
        "creditorAccount": {"iban": "DE75512108001245126199"},
        "creditorAgent": "SOLADES1SAL",
        "remittanceInformationUnstructured": "Invoice 2026-1047, electricity",
        "requestedExecutionDate": "2026-12-01",
        "actions": ["initiate", "status"]}]
      """),

  /** Information about accounts that the person chooses. */
  ACCOUNTS(
      """
      [{"type": "account_information",
        "actions": ["list_accounts", "read_balances", "read_transactions"],
        "accounts": [],
        "frequencyPerDay": 4,
        "validUntil": "2099-02-28"}]
      """),

  /** A part of a health record. */
  HEALTH(
      """
      [{"type": "health_record_access",
        "actions": ["read"],
        "datatypes": ["medications", "laboratory_results", "observations"],
        "period": {"from": "2020-01-01", "to": "2026-11-26"},
        "purpose": "treatment",
        "identifier": "A 123 456 789",
        "validUntil": "2099-05-31"}]
      """),

  /** Two documents to be signed. */
  SIGNING(
      """
      [{"type": "document_signing",
        "documentDigests": [
          {"label": "Rental agreement Seestraße 12.pdf",
           "hash": "sTOgwOm+474gFj0q0x1iSNspKqbcse4IeiqlDg/HWuI="},
          {"label": "Handover protocol.pdf",
           "hash": "HZQzZmMAIWekfGH0/ZKW1nsdt0xg3H6bZYztgsMTLw0="}],
        "hashAlgorithmOID": "2.16.840.1.101.3.4.2.1",
        "signatureQualifier": "eu_eidas_qes",
        "credentialID": "Anna Sund, 2026"}]
      """),

  /** Two kinds at once, one of them with texts that try to be more than text, and are long. */
  HOSTILE(
      """
      [{"type": "payment_initiation",
        "instructedAmount": {"currency": "XYZ", "amount": "999999999999.1234"},
        "creditorName": "</bdi></dd><script>alert(1)</script><img src=x onerror=alert(2)>\\u202Egnp.",
        "creditorAccount": {"iban": "MT84MALT011000012345MTLCAST001S", "currency": "MTL"},
        "debtorAccount": {"iban": "DE02500105170137075030"},
        "remittanceInformationUnstructured": "\\"><form action='https://evil.example'>\\u0000\\u200B\\n${7*7} {{constructor}} WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW"},
       {"type": "account_information", "actions": ["list_accounts"]}]
      """);

  private final String json;

  Details(String json) {
    this.json = json;
  }

  /** As a client sends them. */
  AuthorizationDetails asked() {
    return AuthorizationDetails.parse(json);
  }
}
