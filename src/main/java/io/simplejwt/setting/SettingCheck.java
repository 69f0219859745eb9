package io.simplejwt.setting;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Refuses, before anything else starts, values of the right type that mean nothing. */
@ApplicationScoped
class SettingCheck {
  static final int FIRST = 1;

  void check(
      @Observes @Priority(FIRST) StartupEvent start,
      LogConfig log,
      PortConfig port,
      ManagementConfig management,
      AccessLogConfig accessLog,
      OpenApiConfig openApi,
      ProxyProtocolConfig proxyProtocol,
      CorsConfig cors,
      TracingConfig tracing) {
    if (LogLevel.parse(log.level()).isEmpty()) {
      throw new BadSetting(
          "LOG_LEVEL",
          "is \"" + log.level() + "\"",
          "use DEBUG, INFO, WARNING, ERROR or CRITICAL, in any case");
    }
    requirePort("PORT", port.number());
    requirePort("MANAGEMENT_PORT", management.port());
    requireSwitch("ACCESS_LOG", accessLog.log());
    requireSwitch("OPENAPI", openApi.served());
    requireSwitch("PROXY_PROTOCOL", proxyProtocol.protocol());
    cors.origins().ifPresent(SettingCheck::requireOrigins);
    Tracing.require(tracing);
  }

  private static void requireOrigins(String origins) {
    if (CorsOrigins.parse(origins).isEmpty()) {
      throw new BadSetting(
          "CORS_ORIGINS",
          "is \"" + origins + "\"",
          "use origins with spaces in between, as in https://app.example.org");
    }
  }

  private static void requireSwitch(String variable, String value) {
    if (Switch.parse(value).isEmpty()) {
      throw new BadSetting(variable, "is \"" + value + "\"", "use on or off");
    }
  }

  private static void requirePort(String variable, int port) {
    if (!DerivedSettings.isPort(port)) {
      throw new BadSetting(variable, "is " + port, "use a number from 1 to 65535");
    }
  }
}
