package dev.roomcast.wire.internal;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * RFC 1951 bit by bit, and what RFC 7692 section 7.2.2 makes of it: an inflater that is too simple
 * to be wrong where zlib is. For one message.
 */
final class SlowInflate {
  /** The data is not what the RFC says. */
  static final class Corrupt extends Exception {
    private static final long serialVersionUID = 1L;
  }

  /** More than was asked for; the data may still be corrupt. */
  static final class TooBig extends Exception {
    private static final long serialVersionUID = 1L;
  }

  private static final int[] LENGTH_BASE = {
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131,
    163, 195, 227, 258
  };
  private static final int[] LENGTH_BITS = {
    0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0
  };
  private static final int[] CODE_ORDER = {
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15
  };
  private static final int MAX_BITS = 15;

  /** Section 3.2.6. */
  private static final Code FIXED_LITERALS =
      new Code(
          IntStream.range(0, 288).map(i -> i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8).toArray());

  private static final Code FIXED_DISTANCES =
      new Code(IntStream.range(0, 32).map(i -> 5).toArray());

  /** Section 3.2.2: the codes of one length are consecutive, and shorter ones come before. */
  private static final class Code {
    private final int[] symbols;
    private final int[] count = new int[MAX_BITS + 1];

    /** How much of the codes is not used; negative if there are too many. */
    private final int left;

    Code(int[] lengths) {
      symbols =
          IntStream.range(0, lengths.length)
              .filter(symbol -> lengths[symbol] > 0)
              .boxed()
              .sorted(Comparator.comparingInt(symbol -> lengths[symbol]))
              .mapToInt(Integer::intValue)
              .toArray();
      int unused = 1 << MAX_BITS;
      for (int symbol : symbols) {
        count[lengths[symbol]]++;
        unused -= 1 << (MAX_BITS - lengths[symbol]);
      }
      left = unused;
    }

    boolean complete() {
      return left == 0;
    }

    /** Complete, or one code of one bit, or none. */
    boolean usable() {
      return left == 0 || (left > 0 && count[1] == symbols.length);
    }
  }

  private final byte[] data;
  private final int payload;
  private final byte[] out;
  private int size;
  private int bit;

  /** Where the window begins: blocks after a last one cannot refer to what was before them. */
  private int windowStart;

  private SlowInflate(byte[] compressed, int most) {
    this.payload = compressed.length;
    this.data = Arrays.copyOf(compressed, payload + 4);
    this.out = new byte[most];
    data[payload + 2] = -1;
    data[payload + 3] = -1;
  }

  /**
   * Inflates a message.
   *
   * @param compressed without the four octets that are cut off
   */
  static byte[] inflate(byte[] compressed, int most) throws Corrupt, TooBig {
    return compressed.length == 0 ? compressed : new SlowInflate(compressed, most).all();
  }

  private byte[] all() throws Corrupt, TooBig {
    while (true) {
      boolean last = bits(1) == 1;
      int type = bits(2);
      int before = size;
      if (type == 0) {
        align();
        boolean tail = bit == payload * 8;
        stored();
        if (tail) {
          return Arrays.copyOf(out, size);
        }
        // The octets that were added stand for nothing else.
        require(bit <= payload * 8 || before == size);
      } else if (type == 1) {
        block(FIXED_LITERALS, FIXED_DISTANCES);
      } else {
        require(type == 2);
        dynamic();
      }
      if (last) {
        align();
        windowStart = size;
        if (bit == payload * 8) {
          return Arrays.copyOf(out, size);
        }
      }
      require(bit < payload * 8);
    }
  }

  private static void require(boolean holds) throws Corrupt {
    if (!holds) {
      throw new Corrupt();
    }
  }

  private int bits(int count) throws Corrupt {
    int value = 0;
    for (int i = 0; i < count; i++) {
      require(bit < data.length * 8);
      value |= ((data[bit >> 3] >> (bit & 7)) & 1) << i;
      bit++;
    }
    return value;
  }

  private void align() {
    bit = (bit + 7) & ~7;
  }

  private void write(int octet) throws TooBig {
    if (size == out.length) {
      throw new TooBig();
    }
    out[size++] = (byte) octet;
  }

  private void stored() throws Corrupt, TooBig {
    int length = bits(16);
    require(bits(16) == (~length & 0xFFFF));
    for (int i = 0; i < length; i++) {
      write(bits(8));
    }
  }

  /** Section 3.2.7. */
  private void dynamic() throws Corrupt, TooBig {
    int literals = bits(5) + 257;
    int distances = bits(5) + 1;
    int codes = bits(4) + 4;
    require(literals <= 286 && distances <= 30);
    int[] codeLengths = new int[19];
    for (int i = 0; i < codes; i++) {
      codeLengths[CODE_ORDER[i]] = bits(3);
    }
    Code lengthCode = new Code(codeLengths);
    require(lengthCode.complete());
    int[] lengths = new int[literals + distances];
    for (int at = 0; at < lengths.length; ) {
      int symbol = symbol(lengthCode);
      int repeat = 1;
      int value = symbol;
      if (symbol >= 16) {
        require(symbol > 16 || at > 0);
        value = symbol == 16 ? lengths[at - 1] : 0;
        repeat = symbol == 16 ? 3 + bits(2) : symbol == 17 ? 3 + bits(3) : 11 + bits(7);
      }
      require(at + repeat <= lengths.length);
      Arrays.fill(lengths, at, at + repeat, value);
      at += repeat;
    }
    require(lengths[256] > 0);
    Code literalCode = new Code(Arrays.copyOf(lengths, literals));
    Code distanceCode = new Code(Arrays.copyOfRange(lengths, literals, lengths.length));
    require(literalCode.usable() && distanceCode.usable());
    block(literalCode, distanceCode);
  }

  private void block(Code literals, Code distances) throws Corrupt, TooBig {
    while (true) {
      int symbol = symbol(literals);
      if (symbol == 256) {
        return;
      }
      if (symbol < 256) {
        write(symbol);
        continue;
      }
      require(symbol < 286);
      int length = LENGTH_BASE[symbol - 257] + bits(LENGTH_BITS[symbol - 257]);
      int code = symbol(distances);
      require(code < 30);
      int extra = Math.max(0, code / 2 - 1);
      int distance = 1 + bits(extra) + (code < 4 ? code : (2 + code % 2) << extra);
      require(distance <= size - windowStart);
      for (int i = 0; i < length; i++) {
        write(out[size - distance]);
      }
    }
  }

  private int symbol(Code in) throws Corrupt {
    int code = 0;
    int first = 0;
    int index = 0;
    for (int length = 1; length <= MAX_BITS; length++) {
      code = (code << 1) | bits(1);
      first <<= 1;
      if (code - first < in.count[length]) {
        return in.symbols[index + code - first];
      }
      index += in.count[length];
      first += in.count[length];
    }
    throw new Corrupt();
  }
}
