using System.Globalization;

namespace StyleGan2.Encoder.Tests.Infrastructure;

/// <summary>Looks into videos with the programs of ffmpeg.</summary>
internal static class Ffmpeg
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);

    /// <summary>Skips the test where ffmpeg is not installed.</summary>
    internal static void SkipWithoutFfmpeg() => Assert.SkipUnless(
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(p => File.Exists(Path.Combine(p, "ffmpeg"))),
        "needs ffmpeg (Debian: apt install ffmpeg)");

    /// <summary>A video's width, height, number of frames, and seconds.</summary>
    internal static async Task<(int Width, int Height, int Frames, double Seconds)> Describe(string file)
    {
        ToolResult result = await ToolProcess.RunFile(
            "ffprobe", s_limit, "-v", "error", "-count_frames", "-select_streams", "v:0",
            "-show_entries", "stream=width,height,duration,nb_read_frames", "-of", "csv=p=0", file);
        string[] values = result.Output.Trim().Split(',');
        return (
            int.Parse(values[0], CultureInfo.InvariantCulture),
            int.Parse(values[1], CultureInfo.InvariantCulture),
            int.Parse(values[3], CultureInfo.InvariantCulture),
            double.Parse(values[2], CultureInfo.InvariantCulture));
    }

    /// <summary>All frames of a video, as RGB row by row.</summary>
    internal static async Task<byte[][]> Frames(string file, int width, int height)
    {
        string raw = $"{file}.raw";
        await ToolProcess.RunFile("ffmpeg", s_limit, "-v", "error", "-i", file, "-f", "rawvideo", "-pix_fmt", "rgb24", raw);
        return [.. File.ReadAllBytes(raw).Chunk(3 * width * height)];
    }
}
