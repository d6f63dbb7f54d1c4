using System.Globalization;
using System.Text.RegularExpressions;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;
using StyleGan2.Encoder.Tests.Commands;
using StyleGan2.Encoder.Tests.Infrastructure;
using StyleGan2.Encoder.Watching;

namespace StyleGan2.Encoder.Tests.Watching;

/// <summary>Pictures in terminals that say that they can show them.</summary>
public sealed partial class TerminalGraphicsTests
{
    private const int Width = 23, Height = 13;

    /// <summary>A terminal: runs a command on it, answers what it is asked, and writes what it was sent.</summary>
    private const string Terminal =
        """
        import os, pty, sys
        answer, command = bytes.fromhex(sys.argv[1]), sys.argv[2:]
        pid, terminal = pty.fork()
        if pid == 0:
            os.execvp(command[0], command)
        seen, answered = b"", False
        while True:
            try:
                data = os.read(terminal, 65536)
            except OSError:
                break
            if not data:
                break
            seen += data
            if not answered and b"\x1b[c" in seen:
                os.write(terminal, answer)
                answered = True
        sys.stdout.buffer.write(seen)
        sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
        """;

    [Theory]
    [InlineData("\e_Gi=31;OK\e\\\e[6;21;11t\e[?62;4c", "Kitty", 11, 21)]
    [InlineData("\e[6;16;8t\e[?62;4;22c", "Sixel", 8, 16)]
    [InlineData("\e[?62;22c", "HalfBlocks", 10, 20)]
    [InlineData("\e[?4;22c", "HalfBlocks", 10, 20)]
    [InlineData("\e_Gi=31;EINVAL\e\\\e[?6c", "HalfBlocks", 10, 20)]
    [InlineData("", "HalfBlocks", 10, 20)]
    public void Answers_say_what_the_terminal_has(string answers, string protocol, int width, int height) =>
        Assert.Equal(new TerminalGraphics(Enum.Parse<GraphicsProtocol>(protocol), width, height), TerminalGraphics.From(answers));

    [Fact]
    public void Kittys_pictures_are_their_pixels()
    {
        using Image<Rgb24> image = Made();
        MatchCollection pieces = KittyPiece().Matches(KittyPicture.Of(image, 7, 3));
        byte[] pixels = new byte[3 * Width * Height];
        image.CopyPixelDataTo(pixels);
        Assert.Equal(pixels, Convert.FromBase64String(string.Concat(pieces.Select(p => p.Groups[2].Value))));
        Assert.Contains($"s={Width},v={Height},i=1,p=1,c=7,r=3,", pieces[0].Groups[1].Value, StringComparison.Ordinal);
        Assert.All(pieces.SkipLast(1), p => Assert.EndsWith("m=1", p.Groups[1].Value, StringComparison.Ordinal));
        Assert.EndsWith("m=0", pieces[^1].Groups[1].Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Sixels_are_the_pictures_pixels()
    {
        using Image<Rgb24> image = Made();
        Rgb24[,] shown = Decoded(SixelPicture.Of(image));
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
            {
                Rgb24 expected = image[x, y], actual = shown[y, x];
                Assert.InRange(Math.Abs(expected.R - actual.R) + Math.Abs(expected.G - actual.G) + Math.Abs(expected.B - actual.B), 0, 40);
            }
        }
    }

    [Theory]
    [InlineData("\e_Gi=31;OK\e\\\e[?62c", "\e_Ga=T,f=24,")]
    [InlineData("\e[?62;4c", "\eP0;1q")]
    [InlineData("\e[?62c", "\u2580")]
    public void A_preview_is_drawn_by_what_the_terminal_has(string answer, string expected)
    {
        using ProjectImagesFolders folders = new();
        folders.AddPicture("b.png", "b.png");
        string command = $"stty columns 120 rows 50; exec {string.Join(' ', folders.CommandLine("--num-steps", "2", "--preview"))}";
        string hex = Convert.ToHexString(System.Text.Encoding.Latin1.GetBytes(answer));
        string[] sent = SystemPython.Lines(
            "-c", Terminal, hex, "env", "-u", "NO_COLOR", "COLORTERM=truecolor", "TERM=xterm-256color", "sh", "-c", command);
        string all = string.Join('\n', sent);
        Assert.Contains(expected, all, StringComparison.Ordinal);
        Assert.DoesNotContain(answer.Replace("\e", "^["), all, StringComparison.Ordinal);
        Assert.Contains("Wrote the results of 1 of 1 pictures", all, StringComparison.Ordinal);
    }

    /// <summary>A picture of a few colours, with edges and a run.</summary>
    private static Image<Rgb24> Made()
    {
        Image<Rgb24> image = new(Width, Height);
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
            {
                image[x, y] = y == 3 ? new Rgb24(255, 0, 0) : new Rgb24((byte)(x / 4 * 40), (byte)(y / 4 * 60), 128);
            }
        }

        return image;
    }

    /// <summary>Reads sixels as a terminal does.</summary>
    private static Rgb24[,] Decoded(string text)
    {
        Rgb24[,] image = new Rgb24[Height + 6, Width];
        Dictionary<int, Rgb24> palette = [];
        int x = 0, top = 0, color = 0;
        foreach (Match token in SixelToken().Matches(text[text.IndexOf('#', StringComparison.Ordinal)..^2]))
        {
            if (token.Groups["define"].Success)
            {
                byte[] levels = [.. token.Groups["define"].Value.Split(';').Select(p => (byte)(Number(p) * 2.55))];
                palette[Number(token.Groups["color"].Value)] = new Rgb24(levels[0], levels[1], levels[2]);
            }
            else if (token.Groups["color"].Success)
            {
                color = Number(token.Groups["color"].Value);
            }
            else if (token.Value == "$")
            {
                x = 0;
            }
            else if (token.Value == "-")
            {
                (x, top) = (0, top + 6);
            }
            else
            {
                int count = token.Groups["run"].Success ? Number(token.Groups["run"].Value) : 1;
                for (int end = x + count; x < end; x++)
                {
                    foreach (int row in Enumerable.Range(0, 6).Where(r => ((token.Groups["sixel"].Value[0] - 63) >> r & 1) != 0))
                    {
                        image[top + row, x] = palette[color];
                    }
                }
            }
        }

        return image;
    }

    private static int Number(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\e_G([^;]*);([^\e]*)\e\\")]
    private static partial Regex KittyPiece();

    [GeneratedRegex(@"#(?<color>\d+)(;2;(?<define>\d+;\d+;\d+))?|\$|-|(!(?<run>\d+))?(?<sixel>[?-~])")]
    private static partial Regex SixelToken();
}
