using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace StyleGan2.Encoder.Video;

/// <summary>
/// Settings of the video of a projection, named and defaulted as the flags of Python's <c>project_images.py</c>: a frame a step.
/// </summary>
public sealed partial record VideoOptions
{
    /// <summary>The codec of an animated GIF, which needs no ffmpeg.</summary>
    public const string Gif = "gif";

    /// <summary>The codec of an animated WebP, which needs no ffmpeg.</summary>
    public const string WebP = "webp";

    /// <summary>1 for the projection alone, 2 for the picture to its left.</summary>
    public int Mode { get; init; } = 1;

    /// <summary>Height in pixels.</summary>
    public int Size { get; init; } = 1024;

    /// <summary>Frames a second.</summary>
    public int Fps { get; init; } = 25;

    /// <summary>A video codec of ffmpeg, <see cref="Gif"/> or <see cref="WebP"/>.</summary>
    public string Codec { get; init; } = "libx264";

    /// <summary>Bits a second as ffmpeg takes them, such as <c>5M</c>; GIF and WebP have none.</summary>
    public string Bitrate { get; init; } = "5M";

    /// <summary>Whether the frames are kept too, as PNG files of the network's size in a folder <c>NAME-frames</c>.</summary>
    [JsonIgnore]
    public bool KeepFrames { get; init; }

    /// <summary>What the names of videos end with.</summary>
    [JsonIgnore]
    public string Extension => Codec switch
    {
        Gif => ".gif",
        WebP => ".webp",
        _ => ".mp4",
    };

    /// <summary>Checks that every setting is within its range.</summary>
    /// <exception cref="ArgumentException">One is not; the message names it.</exception>
    public void Validate()
    {
        Require(Mode is 1 or 2, nameof(Mode), Mode, "1 or 2");
        Require(Size is >= 1 and <= LargestSize, nameof(Size), Size, $"from 1 to {LargestSize}");
        Require(Fps >= 1 && Fps <= LargestFps, nameof(Fps), Fps, $"from 1 to {LargestFps}");
        Require(IsCodec(Codec), nameof(Codec), Codec, CodecRule);
        Require(IsBitrate(Bitrate), nameof(Bitrate), Bitrate, BitrateRule);
    }

    /// <summary>What a codec must be.</summary>
    internal const string CodecRule = "the name of a codec, such as libx264";

    /// <summary>What a bitrate must be.</summary>
    internal const string BitrateRule = "a number of bits a second, such as 5M";

    /// <summary>The largest height: WebP has 14 bits for it, and for the width, which is twice that in mode 2.</summary>
    internal const int LargestSize = 8192;

    /// <summary>The most frames a second: a GIF counts hundredths of a second, others have more than anyone sees.</summary>
    internal int LargestFps => Codec == Gif ? 100 : 1000;

    /// <summary>Whether a text can be a codec's name.</summary>
    internal static bool IsCodec(string text) => CodecName().IsMatch(text);

    /// <summary>Whether a text is a bitrate.</summary>
    internal static bool IsBitrate(string text) => BitrateText().IsMatch(text);

    private static void Require(bool isRight, string name, object value, string rule)
    {
        if (!isRight)
        {
            throw new ArgumentException($"the video's {name.ToLowerInvariant()} is {value}; it must be {rule}");
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9_]+\z")]
    private static partial Regex CodecName();

    [GeneratedRegex(@"^\d{1,12}(\.\d{1,6})?[kKMG]?\z")]
    private static partial Regex BitrateText();
}
