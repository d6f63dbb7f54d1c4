using System.Globalization;
using System.Text.RegularExpressions;

namespace StyleGan2.Encoder.Watching;

/// <summary>How a terminal shows pictures, by its answers to what it is asked.</summary>
/// <param name="Protocol">The protocol that it has.</param>
/// <param name="CellWidth">Width of a character in pixels.</param>
/// <param name="CellHeight">Height of a character in pixels.</param>
internal sealed partial record TerminalGraphics(GraphicsProtocol Protocol, int CellWidth = 10, int CellHeight = 20)
{
    /// <summary>
    /// Asks for kitty's graphics (a picture of one pixel that is not shown), the size of a character, and the device's attributes, which
    /// every terminal answers last.
    /// </summary>
    internal const string Question = "\e_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\e\\\e[16t\e[c";

    private const string SixelAttribute = "4";

    /// <summary>What the answers say.</summary>
    internal static TerminalGraphics From(string answers)
    {
        GraphicsProtocol protocol = answers.Contains("\e_Gi=31;OK", StringComparison.Ordinal) ? GraphicsProtocol.Kitty
            : Attributes().Match(answers).Groups[1].Value.Split(';').Skip(1).Contains(SixelAttribute) ? GraphicsProtocol.Sixel
            : GraphicsProtocol.HalfBlocks;
        return CellSize().Match(answers) is { Success: true } size
            ? new TerminalGraphics(protocol, Number(size.Groups[2]), Number(size.Groups[1]))
            : new TerminalGraphics(protocol);
    }

    /// <summary>Whether the last of the answers is there.</summary>
    internal static bool AreComplete(string answers) => Attributes().IsMatch(answers);

    private static int Number(Group digits) => Math.Clamp(int.Parse(digits.ValueSpan, CultureInfo.InvariantCulture), 1, 200);

    [GeneratedRegex(@"\e\[\?([\d;]*)c")]
    private static partial Regex Attributes();

    [GeneratedRegex(@"\e\[6;(\d{1,4});(\d{1,4})t")]
    private static partial Regex CellSize();
}
