package dev.roomcast.server.churn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.core.audience.DeliveryReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The judge sees what is wrong, and only that. */
final class VerdictTest {
  private static final Target ALL = new Target.Everyone();

  private final Moments moments = new Moments();
  private final Origin east = new Origin("east");
  private final Origin west = new Origin("west");
  private final List<Sent> sent = new ArrayList<>();
  private final List<Stay> stays = new ArrayList<>();
  private final Stay ann = stay("ann", east);
  private final Stay bob = stay("bob", west);

  private Stay stay(String user, Origin origin) {
    Stay stay = new Stay("client of " + user, user, origin, moments.next());
    stays.add(stay);
    return stay;
  }

  private Sent send(Origin by, Target target, DeliveryReport.Bus bus, Stay... excluded) {
    Sent message =
        new Sent(
            sent.size(),
            by.name,
            target,
            Set.copyOf(List.of(excluded).stream().map(stay -> stay.clientId).toList()));
    sent.add(message);
    message.called(by, moments.next());
    message.returned(moments.next());
    message.reported(new DeliveryReport(0, 0, 0, bus, 0));
    return message;
  }

  private Sent send(Origin by, Target target, Stay... excluded) {
    return send(by, target, DeliveryReport.Bus.PUBLISHED, excluded);
  }

  private void heard(Stay who, Sent... messages) {
    for (Sent message : messages) {
      who.heard(message.number);
    }
  }

  private void joins(Stay who, String room) {
    who.joinAsked(room);
    who.joined(room, moments.next());
  }

  private List<String> violations() {
    return Verdict.of(sent, stays).violations();
  }

  private void assertOneViolation(String part) {
    assertThat(violations()).hasSize(1).allMatch(violation -> violation.contains(part));
  }

  @Test
  void isContentWhereAllHeardAll() {
    Sent one = send(east, ALL);
    Sent two = send(west, ALL, ann);
    heard(ann, one);
    heard(bob, two, one);

    assertThat(violations()).isEmpty();
    assertThat(Verdict.of(sent, stays).certain()).isEqualTo(3);
  }

  @Test
  void seesWhatIsMissing() {
    heard(ann, send(east, ALL));

    assertOneViolation("missed 0 of east");
  }

  @Test
  void seesWhatIsMissingBeforeWhatALeaverHeard() {
    Sent one = send(east, ALL);
    Sent two = send(east, ALL);
    Sent three = send(east, ALL);
    heard(ann, one, two, three);
    heard(bob, one, three);
    bob.ended(0, moments.next());
    assertOneViolation("missed 1 of east");
  }

  @Test
  void asksNoLeaverForWhatWasOnItsWay() {
    Sent one = send(east, ALL);
    heard(ann, one);
    bob.ended(0, moments.next());

    assertThat(violations()).isEmpty();
  }

  @Test
  void seesWhatAServerKeptThatShutDownInOrder() {
    Sent one = send(east, ALL);
    heard(bob, one);
    east.shutdown(moments.next());
    ann.ended(1001, moments.next());

    assertOneViolation("missed 0 of east");
  }

  @Test
  void seesWhatCameTwice() {
    Sent one = send(east, ALL);
    heard(ann, one);
    heard(bob, one, one);

    assertThat(violations()).anyMatch(violation -> violation.contains("heard twice: 0 of east"));
  }

  @Test
  void seesWhatWasOvertaken() {
    Sent one = send(east, ALL);
    Sent two = send(east, ALL);
    heard(ann, one, two);
    heard(bob, two, one);

    assertThat(violations())
        .anyMatch(violation -> violation.contains("of the same sender"))
        .anyMatch(violation -> violation.contains("what the same server sent later"));
  }

  @Test
  void seesWhatAnExcludedClientHeard() {
    Sent one = send(east, ALL, bob);
    heard(ann, one);
    heard(bob, one);

    assertOneViolation("not for it");
  }

  @Test
  void seesWhatAnotherUserHeard() {
    Sent one = send(east, new Target.User("ann"));
    heard(ann, one);
    heard(bob, one);

    assertOneViolation("not for it");
  }

  @Test
  void asksMembersOfARoomOnly() {
    joins(ann, "room");
    Sent one = send(west, new Target.Room("room"));
    joins(bob, "room");
    heard(ann, one);
    assertThat(violations()).isEmpty();
    send(west, new Target.Room("room"));

    assertThat(violations()).hasSize(2).allMatch(violation -> violation.contains("missed 1"));
  }

  @Test
  void seesWhatCameAfterARoomWasLeft() {
    joins(bob, "room");
    bob.leaveAsked("room", moments.next());
    bob.left("room", moments.next());
    heard(bob, send(east, new Target.Room("room")));

    assertOneViolation("not for it");
  }

  @Test
  void acceptsThatNobodyElseHeardWhatDidNotReachRedisButNotThatSomeDid() {
    Stay carl = stay("carl", west);
    Sent one = send(east, ALL, DeliveryReport.Bus.FAILED);
    heard(ann, one);
    assertThat(violations()).isEmpty();
    heard(carl, one);

    assertOneViolation("by some of those who stayed");
  }

  @Test
  void seesWhoWasClosedForNoReason() {
    ann.ended(4005, moments.next());
    bob.ended(1001, moments.next());

    assertThat(violations())
        .hasSize(2)
        .anyMatch(violation -> violation.endsWith("was closed with 4005"))
        .anyMatch(violation -> violation.endsWith("a server that did not shut down"));
  }
}
