using System.Globalization;
using System.Text.RegularExpressions;

namespace StyleGan2.Encoder.Video;

/// <summary>A folder of frames, <c>00000001.png</c> and so on; other files in it are left alone.</summary>
internal static partial class FrameFolder
{
    /// <summary>The name of a frame's file.</summary>
    /// <param name="number">Its number, from 1.</param>
    internal static string NameOf(int number) => $"{number.ToString("D8", CultureInfo.InvariantCulture)}.png";

    /// <summary>Deletes the frames, and the folder if nothing else is in it.</summary>
    internal static void Delete(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        Array.ForEach([.. Frames(folder)], File.Delete);
        if (!Directory.EnumerateFileSystemEntries(folder).Any())
        {
            Directory.Delete(folder);
        }
    }

    /// <summary>Moves the frames of one folder to another in place of those that are there.</summary>
    internal static void Move(string from, string to)
    {
        Delete(to);
        Directory.CreateDirectory(to);
        foreach (string frame in Frames(from))
        {
            File.Move(frame, Path.Combine(to, Path.GetFileName(frame)));
        }

        Directory.Delete(from);
    }

    private static IEnumerable<string> Frames(string folder) =>
        Directory.GetFiles(folder).Where(f => FrameName().IsMatch(Path.GetFileName(f)));

    [GeneratedRegex(@"^\d{8}\.png$")]
    private static partial Regex FrameName();
}
