package dev.roomcast.server.login;

import dev.roomcast.server.room.Member;
import dev.roomcast.server.room.RoomPattern;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads tokens, one a line, with white space between the fields:
 *
 * <pre>
 * # comment
 * &lt;token&gt; &lt;user id&gt; [rooms=&lt;pattern&gt;,&lt;pattern&gt;] [expires=2027-01-31T00:00:00Z]
 * sha256:&lt;64 hexadecimal digits&gt; &lt;user id&gt; ...
 * </pre>
 *
 * What it says of a malformed line never quotes the token.
 */
final class TokenFileParser {
  private static final Pattern HASH = Pattern.compile("[0-9a-fA-F]{64}");
  private static final String HASHED = "sha256:";

  private final Map<TokenHash, Holder> holders = new HashMap<>();

  private TokenFileParser() {}

  /**
   * @throws IllegalArgumentException that names line and reason
   */
  static Tokens parse(List<String> lines) {
    TokenFileParser parser = new TokenFileParser();
    for (int index = 0; index < lines.size(); index++) {
      String line = lines.get(index).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      try {
        parser.add(line.split("\\s+"));
      } catch (IllegalArgumentException wrong) {
        throw new IllegalArgumentException(
            "line " + (index + 1) + ": " + wrong.getMessage(), wrong);
      }
    }
    return new Tokens(parser.holders);
  }

  private void add(String[] fields) {
    if (fields.length < 2) {
      throw new IllegalArgumentException("the user id is missing, expected <token> <user id>");
    }
    String userId = fields[1];
    if (!UserNames.valid(userId)) {
      throw new IllegalArgumentException("the user id is too long, expected " + UserNames.ALLOWED);
    }
    Member member = Member.PLAIN;
    Instant expiry = null;
    for (String field : Arrays.asList(fields).subList(2, fields.length)) {
      switch (name(field)) {
        case "rooms" -> member = new Member(rooms(value(field)));
        case "expires" -> expiry = expiry(value(field));
        // It may well be the rest of a token with a blank in it.
        default ->
            throw new IllegalArgumentException(
                "a field after the user id is unknown, expected rooms=... or expires=...");
      }
    }
    if (holders.putIfAbsent(hash(fields[0]), new Holder(userId, member, expiry)) != null) {
      throw new IllegalArgumentException("the token stands on an earlier line too");
    }
  }

  private static String name(String field) {
    int equals = field.indexOf('=');
    return equals < 0 ? "" : field.substring(0, equals);
  }

  private static String value(String field) {
    return field.substring(field.indexOf('=') + 1);
  }

  private static TokenHash hash(String token) {
    if (!token.startsWith(HASHED)) {
      return TokenHash.of(token);
    }
    String hex = token.substring(HASHED.length());
    if (!HASH.matcher(hex).matches()) {
      throw new IllegalArgumentException(
          "'" + HASHED + "' is not followed by 64 hexadecimal digits");
    }
    return new TokenHash(hex.toLowerCase(Locale.ROOT));
  }

  private static List<RoomPattern> rooms(String patterns) {
    return Arrays.stream(patterns.split(",", -1)).map(RoomPattern::parse).toList();
  }

  private static Instant expiry(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException malformed) {
      throw new IllegalArgumentException(
          "expires is '" + text + "', expected a time such as 2027-01-31T00:00:00Z", malformed);
    }
  }
}
