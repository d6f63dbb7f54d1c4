using System.Text;
using CsCheck;
using Dnnlib.Pickle;

namespace StyleGan2.Encoder.Tests.Pickle;

public sealed class Latin1TextTests
{
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    [Fact]
    public void Text_of_Latin_1_comes_back_as_its_bytes() => Gen.Byte.Array[0, 100].Sample(bytes =>
    {
        byte[] text = Encoding.UTF8.GetBytes(Encoding.Latin1.GetString(bytes));
        Assert.Equal(bytes, text[..Latin1Text.Shrink(text)]);
    });

    [Fact]
    public void Whatever_is_not_UTF_8_of_Latin_1_is_refused()
    {
        Gen<byte[]> nearlyText = Gen.Frequency((6, Gen.Byte[0, 127].Select(b => new[] { b })),
            (6, Gen.Byte[0x80, 0xff].Select(b => Encoding.UTF8.GetBytes($"{(char)b}"))), (1, Gen.Byte.Select(b => new[] { b })))
            .Array[0, 40].Select(parts => parts.SelectMany(p => p).ToArray());
        nearlyText.Sample(text => Assert.Equal(Expected(text), Actual(text)));
    }

    /// <summary>The bytes in hexadecimal; null where the text is refused.</summary>
    private static string? Expected(byte[] text)
    {
        try
        {
            string decoded = s_strict.GetString(text);
            return decoded.All(c => c < 256) ? Convert.ToHexString(Encoding.Latin1.GetBytes(decoded)) : null;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static string? Actual(byte[] text)
    {
        try
        {
            byte[] bytes = [.. text];
            return Convert.ToHexString(bytes.AsSpan(0, Latin1Text.Shrink(bytes)));
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
