namespace StyleGan2.Encoder.Tests.Infrastructure;

/// <summary>Tests that run a program on a terminal.</summary>
internal static class TerminalNeeded
{
    /// <summary>Skips the test where no terminal can be made.</summary>
    internal static void SkipWithoutTerminals() =>
        Assert.SkipUnless(
            File.Exists("/usr/bin/script") && File.Exists("/dev/pts/ptmx"),
            "needs the program script and mounted /dev/pts, which make a terminal");
}
