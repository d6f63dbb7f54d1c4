using System.Globalization;
using System.Numerics;
using System.Text;

namespace Dnnlib.Pickle;

/// <summary>Numbers and texts written out: those of protocols 0 and 1, and integers of any length.</summary>
internal static class PickleLiterals
{
    internal static void PushInt(PickleMachine machine)
    {
        string text = ReadAscii(machine);
        if (text is "00" or "01")
        {
            machine.Push(text == "01");
        }
        else
        {
            PushDecimal(machine, text);
        }
    }

    internal static void PushLong(PickleMachine machine) => PushDecimal(machine, ReadAscii(machine).TrimEnd('L'));

    /// <summary>An integer of any length, least significant byte first.</summary>
    internal static void PushInteger(PickleMachine machine, long length)
    {
        if (length > PickleLimits.IntegerLength)
        {
            throw machine.Error($"an integer of {length} bytes is longer than any that is used");
        }

        PushInteger(machine, new BigInteger(machine.Input.ReadBytes(length)));
    }

    internal static void PushFloat(PickleMachine machine)
    {
        string text = ReadAscii(machine);
        machine.PushNew(text switch
        {
            "inf" => double.PositiveInfinity,
            "-inf" => double.NegativeInfinity,
            "nan" => double.NaN,
            _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
                ? value
                : throw machine.Error("the text of a number cannot be read as a number"),
        });
    }

    internal static long ReadIndex(PickleMachine machine) =>
        long.TryParse(ReadAscii(machine), NumberStyles.None, CultureInfo.InvariantCulture, out long index)
            ? index
            : throw machine.Error("the number of a remembered object has other characters than digits");

    internal static PickleGlobal ReadGlobal(PickleMachine machine)
    {
        string module = ReadText(machine);
        return new PickleGlobal(module, ReadText(machine));
    }

    /// <summary>A line as a text of UTF-8.</summary>
    internal static string ReadText(PickleMachine machine) =>
        machine.Decoded(machine.Input.ReadLine(PickleLimits.LineLength), isLatin1: false);

    /// <summary>Python's repr of a byte string: in quotes, with escapes.</summary>
    internal static void PushQuoted(PickleMachine machine)
    {
        byte[] line = machine.Input.ReadLine(long.MaxValue);
        ReadOnlySpan<byte> text = line.AsSpan().TrimEnd((byte)' ');
        if (text.Length < 2 || text[0] != text[^1] || text[0] is not ((byte)'\'' or (byte)'"'))
        {
            throw machine.Error("a string is not in quotes");
        }

        PushBytesAsText(machine, Unescaped(machine, text[1..^1]));
    }

    /// <summary>A line of Latin-1 with \u and \U escapes (<c>raw-unicode-escape</c>).</summary>
    internal static void PushEscaped(PickleMachine machine)
    {
        byte[] line = machine.Input.ReadLine(long.MaxValue);
        machine.Input.Charge(4L * line.Length);
        StringBuilder text = new(line.Length);
        for (int i = 0; i < line.Length; i++)
        {
            int digits = line[i] == '\\' && i + 1 < line.Length ? line[i + 1] switch { (byte)'u' => 4, (byte)'U' => 8, _ => 0 } : 0;
            if (digits == 0)
            {
                text.Append((char)line[i]);
                continue;
            }

            uint code = Number(machine, line.AsSpan(i + 2), digits, 16);
            if (code <= char.MaxValue)
            {
                text.Append((char)code);
            }
            else
            {
                text.Append(Rune.TryCreate(code, out Rune rune) ? rune.ToString() : throw machine.Error("an escape is no character"));
            }

            i += 1 + digits;
        }

        machine.PushNew(text.ToString());
    }

    private static void PushBytesAsText(PickleMachine machine, byte[] bytes) =>
        machine.PushNew(bytes.Length <= PickleLimits.ShortText ? machine.Decoded(bytes, isLatin1: true) : new PickleText(bytes,
            isLatin1: true));

    private static byte[] Unescaped(PickleMachine machine, ReadOnlySpan<byte> text)
    {
        machine.Input.Charge(2L * text.Length);
        using MemoryStream bytes = new(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            (byte value, int length) = text[i] == '\\' ? Escape(machine, text[(i + 1)..]) : (text[i], 0);
            bytes.WriteByte(value);
            i += length;
        }

        return bytes.ToArray();
    }

    /// <summary>
    /// What an escape stands for, and how many bytes after the backslash belong to it; where it is none, the backslash itself.
    /// </summary>
    private static (byte Value, int Length) Escape(PickleMachine machine, ReadOnlySpan<byte> text)
    {
        int octal = 0;
        while (octal < Math.Min(3, text.Length) && text[octal] is >= (byte)'0' and <= (byte)'7')
        {
            octal++;
        }

        if (octal > 0)
        {
            return ((byte)Number(machine, text, octal, 8), octal);
        }

        if (text.StartsWith("x"u8))
        {
            return ((byte)Number(machine, text[1..], 2, 16), 3);
        }

        int letter = text.IsEmpty ? throw machine.Error("an escape in a string is not complete") : "abfnrtv\\'\""u8.IndexOf(text[0]);
        return letter < 0 ? ((byte)'\\', 0) : ("\a\b\f\n\r\t\v\\'\""u8[letter], 1);
    }

    private static uint Number(PickleMachine machine, ReadOnlySpan<byte> text, int digits, uint radix)
    {
        uint number = 0;
        for (int i = 0; i < digits; i++)
        {
            int digit = i < text.Length ? "0123456789abcdef".IndexOf(char.ToLowerInvariant((char)text[i]), StringComparison.Ordinal) : -1;
            number = digit >= 0 && digit < radix
                ? (number * radix) + (uint)digit
                : throw machine.Error("an escape in a string is not complete");
        }

        return number;
    }

    private static string ReadAscii(PickleMachine machine) =>
        Encoding.ASCII.GetString(machine.Input.ReadLine(PickleLimits.LineLength)).Trim();

    private static void PushDecimal(PickleMachine machine, string text) =>
        PushInteger(machine, BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out BigInteger value)
            ? value
            : throw machine.Error("an integer has other characters than digits"));

    private static void PushInteger(PickleMachine machine, BigInteger value)
    {
        if (value >= long.MinValue && value <= long.MaxValue)
        {
            machine.Push((long)value);
        }
        else
        {
            machine.PushNew(value, PickleLimits.IntegerLength);
        }
    }
}
