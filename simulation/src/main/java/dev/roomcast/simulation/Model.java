package dev.roomcast.simulation;

import dev.roomcast.simulation.Target.ToClient;
import dev.roomcast.simulation.Target.ToEveryone;
import dev.roomcast.simulation.Target.ToNamed;
import dev.roomcast.simulation.Target.ToRoom;
import dev.roomcast.simulation.Target.ToUser;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What must be true of a cluster, kept by what was asked of it and never by looking into it: who is
 * where, and who is to get which message. Where the order of things is not known it says {@link
 * Certainty#MAYBE}.
 */
final class Model {
  private final boolean byInterest;
  private final List<Member> members = new ArrayList<>();
  private final List<Sent> sent = new ArrayList<>();
  private final List<Sent> travelling = new ArrayList<>();
  private final List<Travelling> travellingRequests = new ArrayList<>();
  private int number;

  Model(boolean byInterest) {
    this.byInterest = byInterest;
  }

  List<Member> members() {
    return members;
  }

  /** A client by its number, modulo how many there are; null if there is none. */
  @Nullable Member member(int client) {
    return members.isEmpty() ? null : members.get(Math.floorMod(client, members.size()));
  }

  /** The same target, with a client's number that stays its own when others connect. */
  Target resolved(Target target) {
    int count = Math.max(1, members.size());
    return switch (target) {
      case ToClient(int client) -> new ToClient(Math.floorMod(client, count));
      case ToNamed(int client) -> new ToNamed(Math.floorMod(client, count));
      case ToUser user -> user;
      case ToRoom room -> room;
      case ToEveryone everyone -> everyone;
    };
  }

  int indexOf(Member member) {
    return members.indexOf(member);
  }

  void connected(Member member) {
    members.add(member);
    changed(member, member);
  }

  /** A number for whatever has a place in the order of messages. */
  int nextNumber() {
    return ++number;
  }

  @Nullable Sent sent(int messageNumber) {
    for (Sent one : sent) {
      if (one.number() == messageNumber) {
        return one;
      }
    }
    return null;
  }

  List<Sent> sent() {
    return sent;
  }

  /** A message is about to be sent. */
  Sent sending(Origin origin, Target to, Set<Member> excluded, boolean here) {
    Sent message = new Sent(nextNumber(), origin, resolved(to), excluded, here);
    for (Member member : members) {
      message.expect(member, gets(message, member));
    }
    sent.add(message);
    if (!here) {
      travelling.add(message);
    }
    return message;
  }

  /** Whether a message that is sent now reaches a client. */
  private Certainty gets(Sent message, Member member) {
    Origin origin = message.origin();
    boolean remote = origin != member.home().origin();
    if (message.excludes(member) || (message.here() && remote)) {
      return Certainty.NO;
    }
    Certainty meant = meant(message.to(), member, origin);
    return remote && !linked(origin, member) ? meant.and(Certainty.MAYBE) : meant;
  }

  private static boolean linked(Origin origin, Member member) {
    return origin.connected() && member.home().origin().connected();
  }

  /** Whether a command for a target that is submitted now finds a client there. */
  Certainty meant(Target target, Member member, Origin origin) {
    return admittedFor(member, origin).and(among(target, member, origin));
  }

  private Certainty admittedFor(Member member, Origin origin) {
    return member.admission().and(member.ended().seenBy(origin, member.home().origin()).not());
  }

  private Certainty among(Target target, Member member, Origin origin) {
    return switch (target) {
      case ToEveryone everyone -> Certainty.YES;
      case ToClient(int client) -> Certainty.of(member(client) == member);
      case ToNamed(int client) -> Certainty.of(member(client) == member);
      case ToUser(int user) -> Certainty.of(World.user(user).equals(member.user()));
      case ToRoom(int room) -> in(member, World.room(room), origin);
    };
  }

  private Certainty in(Member member, String room, Origin origin) {
    Fact fact = member.room(room);
    Certainty seen = fact.seenBy(origin, member.home().origin());
    // A subscription that is not confirmed may miss what others publish.
    boolean deaf = byInterest && fact.open() && origin != member.home().origin();
    return deaf ? seen.and(Certainty.MAYBE) : seen;
  }

  /** Clients are about to join or leave a room by a call on a server. */
  void moving(Origin origin, Target who, String room, boolean in) {
    asking(
        Travelling.of(
            origin,
            resolved(who),
            (member, takesPlace) -> member.room(room).change(origin, takesPlace, in)));
  }

  /** Clients are about to be disconnected by a call on a server. */
  void disconnecting(Origin origin, Target who) {
    asking(
        Travelling.of(
            origin,
            resolved(who),
            (member, takesPlace) -> {
              member.allow(4007);
              member.ended().change(origin, takesPlace, true);
            }));
  }

  private void asking(Travelling asked) {
    asked(asked, members);
    travellingRequests.add(asked);
  }

  private void asked(Travelling asked, List<Member> whom) {
    Map<Member, Certainty> found = new LinkedHashMap<>();
    for (Member member : whom) {
      found.put(member, lossy(meant(asked.who(), member, asked.origin()), asked.origin(), member));
    }
    found.forEach(
        (member, takesPlace) -> {
          if (asked.meets(member, takesPlace)) {
            changed(member, asked.origin());
          }
        });
  }

  private static Certainty lossy(Certainty takesPlace, Origin origin, Member member) {
    return origin == member.home().origin() || linked(origin, member)
        ? takesPlace
        : takesPlace.and(Certainty.MAYBE);
  }

  /** Something about a client changes; messages that are on their way may come before or after. */
  void changed(Member member, Object source) {
    for (Sent message : travelling) {
      if (message.origin() != source && message.origin() != member.home().origin()) {
        message.reconsider(member, gets(message, member));
      }
    }
    for (Travelling request : travellingRequests) {
      if (request.origin() != source && request.origin() != member.home().origin()) {
        asked(request, List.of(member));
      }
    }
  }

  /** What is under way from or to a server may get lost. */
  void unlinked(Origin origin) {
    for (Member member : members) {
      boolean home = member.home().origin() == origin;
      member.rooms().values().forEach(fact -> doubt(fact, member, origin, home));
      doubt(member.ended(), member, origin, home);
      for (Sent message : travelling) {
        if (message.origin() != member.home().origin() && (home || message.origin() == origin)) {
          message.doubt(member);
        }
      }
    }
  }

  private static void doubt(Fact fact, Member member, Origin lost, boolean home) {
    Origin own = member.home().origin();
    fact.doubt(source -> source instanceof Origin && source != own && (home || source == lost));
  }

  /** Nothing is under way any more. */
  void settled() {
    travelling.forEach(Sent::arrived);
    travelling.clear();
    travellingRequests.clear();
  }
}
