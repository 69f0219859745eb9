package io.simplejwt.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simplejwt.audit.IpAddress;
import io.simplejwt.setting.BadSetting;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {
  private static final TrustedProxies PROXIES =
      TrustedProxies.parse("10.0.0.0/8, 192.0.2.1  2001:db8:1::/48");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // peer | X-Forwarded-For | client
        "198.51.100.7 | 203.0.113.9 | 198.51.100.7", // whoever speaks to us directly can write it
        "10.1.2.3 | 203.0.113.9 | 203.0.113.9",
        "192.0.2.1 | 203.0.113.9 | 203.0.113.9",
        "192.0.2.2 | 203.0.113.9 | 192.0.2.2",
        "10.1.2.3 | 1.1.1.1, 203.0.113.9 | 203.0.113.9", // spoofed by the client
        "10.1.2.3 | 10.9.9.9, 203.0.113.9 | 203.0.113.9", // spoofed to look like a proxy
        "10.1.2.3 | 1.1.1.1, 203.0.113.9, 10.4.4.4 , 192.0.2.1 | 203.0.113.9", // several proxies
        "10.1.2.3 | 10.4.4.4, 10.5.5.5 | 10.4.4.4", // nobody but proxies: the farthest
        "10.1.2.3 | '' | 10.1.2.3",
        "10.1.2.3 | unknown | 10.1.2.3",
        "10.1.2.3 | 203.0.113.9, unknown, 10.4.4.4 | 10.4.4.4",
        "10.1.2.3 | 203.0.113.9, | 10.1.2.3",
        "10.1.2.3 | 1.1.1.1, <script> | 10.1.2.3",
        "10.1.2.3 | 256.1.1.1 | 10.1.2.3",
        "10.1.2.3 | 1.1.1 | 10.1.2.3",
        "10.1.2.3 | example.org | 10.1.2.3",
        "10.1.2.3 | 203.0.113.9:4711 | 203.0.113.9",
        "10.1.2.3 | [2001:db8:2::9]:4711 | 2001:db8:2::9",
        "10.1.2.3 | [2001:db8:2::9] | 2001:db8:2::9",
        "10.1.2.3 | 2001:DB8:2:0::9 | 2001:db8:2::9",
        "2001:db8:1::5 | 2001:db8:2::9, 2001:db8:1::6 | 2001:db8:2::9",
        "2001:db8:2::9 | 203.0.113.9 | 2001:db8:2::9",
        "::ffff:10.1.2.3 | ::ffff:203.0.113.9 | 203.0.113.9", // IPv4 in IPv6's clothes
        "0:0:0:0:0:ffff:a01:203 | 203.0.113.9 | 203.0.113.9",
        "10.1.2.3 | fe80::1%eth0 | 10.1.2.3",
      })
  void findsTheClient(String peer, String header, String client) {
    assertThat(client(peer, List.of(header))).isEqualTo(client);
  }

  @Test
  void readsSeveralHeadersAsOne() {
    assertThat(client("10.1.2.3", List.of("1.1.1.1", "203.0.113.9", "10.2.2.2")))
        .isEqualTo("203.0.113.9");
    assertThat(client("10.1.2.3", List.of())).isEqualTo("10.1.2.3");
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/7, 11.255.255.255, true",
    "10.0.0.0/7, 12.0.0.0, false",
    "192.0.2.128/25, 192.0.2.128, true",
    "192.0.2.128/25, 192.0.2.127, false",
    "192.0.2.7/32, 192.0.2.7, true",
    "192.0.2.7, 192.0.2.6, false",
    "2001:db8::/33, 2001:db8:7fff::1, true",
    "2001:db8::/33, 2001:db8:8000::1, false",
    "::1, ::1, true",
    "::/1, 1.2.3.4, false",
    "0.0.0.0/1, ::1, false"
  })
  void blockHoldsAddress(String block, String address, boolean holds) {
    assertThat(AddressBlock.parse(block).get().contains(IpAddress.parse(address).get()))
        .isEqualTo(holds);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.0/33",
        "10.0.0.1/8",
        "10.0.0.0/-1",
        "10.0.0.0/",
        "10.0.0",
        "/8",
        "2001:db8::/129",
        "2001:db8::1/32",
        "proxy.example.org",
        "10.0.0.0/8 junk",
        "fe80::1%eth0",
        "0.0.0.0/0",
        "::/0"
      })
  void refusesListWithWhatIsNoBlock(String list) {
    assertThatThrownBy(() -> TrustedProxies.parse(list))
        .isInstanceOf(BadSetting.class)
        .hasMessageContaining("TRUSTED_PROXIES");
  }

  private static String client(String peer, List<String> headers) {
    return PROXIES.client(IpAddress.parse(peer).get(), headers).text();
  }
}
