using System.Text.Json;
using Imaging;
using Imaging.Colors;
using Imaging.Decoding;
using NumSharp;
using NumSharp.IO;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Numpy;

namespace StyleGan2.Encoder.Tests.Imaging;

/// <summary>
/// Pictures of every format beside what PIL made of them, as <c>compare_with_pil.py</c> writes them: a small set under Golden, or the
/// folder that the variable STYLEGAN2_PICTURES names.
/// </summary>
public sealed class PicturesBesidePilTests
{
    private static readonly string s_folder =
        Environment.GetEnvironmentVariable("STYLEGAN2_PICTURES") is { Length: > 0 } folder ? folder : Golden.Path("pictures");

    private static readonly string[] s_unread = ["555.bmp", "565.bmp", "deep.ppm", "scaled.pgm", "scaled.ppm", "pgm16.pgm", "plain.pbm"];
    private static readonly DecodingOptions s_rgb = new() { Conversion = ColorConversion.Rgb };
    private static readonly Dictionary<string, string> s_modes = ReadModes();
    private static readonly Dictionary<string, NDArray> s_expected = ReadExpected();

    [Fact]
    public void Gray_and_RGB_pictures_decode_to_PILs_bytes() =>
        AssertAll(IsPlain, (name, failures) => Compare(name, ColorConversion.None, failures));

    [Fact]
    public void Gray_and_RGB_pictures_convert_to_PILs_RGB() =>
        AssertAll(IsPlain, (name, failures) => Compare(name, ColorConversion.Rgb, failures));

    [Fact]
    public void Other_pictures_are_refused_under_PILs_name() => AssertAll(IsOther, AssertRefused);

    [Fact]
    public void Other_pictures_convert_to_PILs_RGB() =>
        AssertAll(IsOther, (name, failures) => Compare(name, ColorConversion.Rgb, failures));

    [Fact]
    public void A_file_cut_off_anywhere_is_an_error_or_whole() => AssertAll(IsCutOff, (name, failures) =>
    {
        List<string> differences = [];
        Compare(name, ColorConversion.Rgb, differences);
        failures.AddRange(differences.Where(d => !d.Contains("get a whole copy of it", StringComparison.Ordinal)));
    });

    [Fact]
    public void What_PIL_does_not_open_is_an_error_of_one_line() => AssertAll(IsBroken, (name, failures) =>
    {
        try
        {
            using Picture picture = ImageDecoder.Decode(Path.Combine(s_folder, name), s_rgb);
            failures.Add($"{name}: decoded");
        }
        catch (InvalidDataException error)
        {
            Assert.StartsWith(Path.Combine(s_folder, name), error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', error.Message);
        }
    });

    [Fact]
    public void Rare_kinds_of_BMP_and_PNM_are_refused_by_name() => AssertAll(IsUnread, (name, failures) =>
    {
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => ImageDecoder.Decode(Path.Combine(s_folder, name), s_rgb));
        if (!error.Message.EndsWith(" cannot be read; save it as an 8-bit gray or RGB PNG", StringComparison.Ordinal))
        {
            failures.Add(error.Message);
        }
    });

    private static void AssertAll(Func<string, string, bool> isWanted, Action<string, List<string>> check)
    {
        List<string> failures = [];
        List<string> names = [.. s_modes.Where(m => isWanted(m.Key, m.Value)).Select(m => m.Key)];
        Assert.NotEmpty(names);
        names.ForEach(name => check(name, failures));
        Assert.True(failures.Count == 0, $"{failures.Count} of {names.Count}:\n{string.Join('\n', failures)}");
    }

    private static void Compare(string name, ColorConversion conversion, List<string> failures)
    {
        NDArray expected = s_expected[name];
        try
        {
            using Picture picture = ImageDecoder.Decode(Path.Combine(s_folder, name), new DecodingOptions { Conversion = conversion });
            byte[] pixels = PlanesOf(expected, picture.Channels);
            int different = pixels.Zip(picture.Pixels.ToArray()).Count(p => p.First != p.Second);
            if (pixels.Length != picture.Pixels.Length || different > 0)
            {
                failures.Add($"{name} ({s_modes[name]}): {different} of {pixels.Length} bytes differ");
            }
        }
        catch (InvalidDataException error)
        {
            failures.Add($"{name} ({s_modes[name]}): {error.Message}");
        }
    }

    /// <summary>PIL's [height, width, channels] or [height, width] as one plane for each channel.</summary>
    private static byte[] PlanesOf(NDArray expected, int channels)
    {
        byte[] values = expected.Values<byte>();
        long stored = expected.ndim == 3 ? expected.shape[2] : 1, size = values.Length / stored;
        byte[] planes = new byte[size * channels];
        for (long i = 0; i < planes.Length; i++)
        {
            planes[i] = values[(i % size * stored) + (stored == 1 ? 0 : i / size)];
        }

        return planes;
    }

    private static void AssertRefused(string name, List<string> failures)
    {
        try
        {
            using Picture picture = ImageDecoder.Decode(Path.Combine(s_folder, name));
            failures.Add($"{name} ({s_modes[name]}): decoded");
        }
        catch (InvalidDataException error)
        {
            if (!error.Message.Contains($"(mode {s_modes[name]})", StringComparison.Ordinal)
                || !error.Message.Contains("--convert rgb", StringComparison.Ordinal))
            {
                failures.Add($"{name} ({s_modes[name]}): {error.Message}");
            }
        }
    }

    /// <summary>Kinds of BMP and PNM that PIL reads and that are refused here.</summary>
    private static bool IsUnread(string name, string mode) =>
        mode != "error" && Array.Exists(s_unread, kind => name == kind || name.EndsWith($"-{kind}", StringComparison.Ordinal));

    private static bool IsPlain(string name, string mode) => mode is "L" or "RGB" && !IsUnread(name, mode) && !IsCutOff(name, mode);

    private static bool IsOther(string name, string mode) =>
        mode is not ("L" or "RGB") && !IsUnread(name, mode) && !IsCutOff(name, mode) && !IsBroken(name, mode);

    private static bool IsBroken(string name, string mode) => mode == "error";

    /// <summary>Files cut off which PIL opens all the same, because only what it does not need is missing.</summary>
    private static bool IsCutOff(string name, string mode) =>
        mode != "error" && !IsUnread(name, mode) && name.Contains("cut", StringComparison.Ordinal);

    private static Dictionary<string, string> ReadModes() =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(Path.Combine(s_folder, "modes.json")))!;

    private static Dictionary<string, NDArray> ReadExpected()
    {
        using NpzFile file = np.load_npz(Path.Combine(s_folder, "expected.npz"));
        return file.Keys.ToDictionary(key => key, key => file[key]);
    }
}
