using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace StyleGan2.Encoder.Watching;

/// <summary>Asks the terminal which graphics it has.</summary>
internal static class TerminalQuestion
{
    private const string Terminal = "/dev/tty";

    /// <summary>
    /// Sends the question and reads the answers, which do not appear on the screen; a terminal that is silent is not waited for.
    /// </summary>
    /// <returns>Half blocks where the terminal cannot be asked.</returns>
    internal static TerminalGraphics Ask()
    {
        TerminalGraphics plain = new(GraphicsProtocol.HalfBlocks);
        if (OperatingSystem.IsWindows() || Console.IsInputRedirected || Stty("-g") is not { Length: > 0 } settings)
        {
            return plain;
        }

        try
        {
            // Reads end after two tenths of a second without a byte.
            Stty("-icanon -echo min 0 time 2");
            return TerminalGraphics.From(Answers());
        }
        catch (IOException)
        {
            return plain;
        }
        finally
        {
            Stty(settings);
        }
    }

    private static string Answers()
    {
        using FileStream terminal = new(Terminal, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        terminal.Write(Encoding.ASCII.GetBytes(TerminalGraphics.Question));
        StringBuilder answers = new();
        byte[] bytes = new byte[256];
        while (!TerminalGraphics.AreComplete(answers.ToString()) && terminal.Read(bytes) is > 0 and var count)
        {
            answers.Append(Encoding.Latin1.GetString(bytes, 0, count));
        }

        return answers.ToString();
    }

    /// <summary>Reads or changes the terminal's settings; null where that is not possible.</summary>
    private static string? Stty(string arguments)
    {
        try
        {
            ProcessStartInfo start = new("sh", ["-c", $"stty {arguments} <{Terminal} 2>/dev/null"])
            {
                RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            };
            using Process process = Process.Start(start)!;
            string output = process.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();
            return process.ExitCode == 0 ? output : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
