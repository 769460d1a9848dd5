package dev.countersign.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.requirement.Requirement;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRuleTest {
  private static final AddressRule RULE = AddressRule.publicOnly();

  @ParameterizedTest
  @Requirement("DC-5")
  @ValueSource(
      strings = {
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.0",
        "169.253.255.255",
        "172.15.255.255",
        "172.32.0.0",
        "192.167.255.255",
        "192.169.0.0",
        "198.17.255.255",
        "198.20.0.0",
        "223.255.255.255",
        "2001:200::1",
        "2606:4700::1111",
        "64:ff9b::808:808"
      })
  void takesAnAddressOfTheInternet(String address) throws UnknownHostException {
    assertThat(RULE.allows(InetAddress.getByName(address))).isTrue();
  }

  @ParameterizedTest
  @Requirement({"DC-5", "A1-46"})
  @ValueSource(
      strings = {
        "0.0.0.0",
        "0.255.255.255",
        "10.0.0.0",
        "10.255.255.255",
        "100.64.0.0",
        "100.127.255.255",
        "127.0.0.1",
        "127.255.255.255",
        "169.254.0.0",
        "169.254.169.254",
        "172.16.0.0",
        "172.31.255.255",
        "192.0.0.1",
        "192.0.2.1",
        "192.168.0.0",
        "192.168.255.255",
        "198.18.0.0",
        "198.19.255.255",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::7f00:1",
        "fc00::1",
        "fdff::1",
        "fe80::1",
        "fec0::1",
        "ff02::1",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "3fff::1",
        "64:ff9b::7f00:1",
        "64:ff9b::a00:1",
        "64:ff9b:1::a00:1",
        "100::1"
      })
  void refusesAnyOtherAddress(String address) throws UnknownHostException {
    assertThat(RULE.allows(InetAddress.getByName(address))).isFalse();
  }

  @Test
  void takesEveryAddressWhereTheDeploymentWantsIt() {
    assertThat(AddressRule.any().allows(InetAddress.getLoopbackAddress())).isTrue();
  }
}
