package peer;

import static org.springframework.security.config.Customizer.withDefaults;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** GET / and GET /contents by Spring's resource server, for the tokens of {@code JWT_SECRET}. */
@SpringBootApplication
@RestController
public class Peer {
  public static void main(String[] arguments) {
    SpringApplication.run(Peer.class, arguments);
  }

  @GetMapping(path = "/", produces = "application/json")
  String healthy() {
    return "\"Healthy\"";
  }

  @GetMapping("/contents")
  Map<String, Object> contents(@AuthenticationPrincipal Jwt token) {
    return token.getClaims();
  }

  @Bean
  JwtDecoder decoder() {
    byte[] secret = System.getenv("JWT_SECRET").getBytes(StandardCharsets.UTF_8);
    NimbusJwtDecoder decoder =
        NimbusJwtDecoder.withSecretKey(new SecretKeySpec(secret, "HmacSHA256")).build();
    decoder.setJwtValidator(JwtValidators.createDefaultWithIssuer("simple-jwt-api"));
    return decoder;
  }

  @Bean
  SecurityFilterChain chain(HttpSecurity http) throws Exception {
    return http.csrf(csrf -> csrf.disable())
        .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .authorizeHttpRequests(
            requests -> requests.requestMatchers("/contents").authenticated().anyRequest().permitAll())
        .oauth2ResourceServer(server -> server.jwt(withDefaults()))
        .build();
  }
}
