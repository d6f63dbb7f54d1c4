using System.CommandLine;
using DatasetTool.CommandLine;
using StyleGan2.Encoder.Video;

namespace StyleGan2.Encoder.Commands;

/// <summary>The reference's flags for videos of an optimisation, and <c>--keep-frames</c>.</summary>
internal static class VideoSettings
{
    private static readonly VideoOptions s_defaults = new();

    private static readonly Option<bool> s_video = new("--video") { Description = "Render video of the optimization process" };

    private static readonly Option<int> s_mode = NumberOption.Of(
        "--video-mode", "Video mode: 1 for optimization only, 2 for source + optimization", s_defaults.Mode, least: 1, most: 2);

    private static readonly Option<int> s_size = NumberOption.Of(
        "--video-size", "Video size (height in px)", s_defaults.Size, least: 1, most: VideoOptions.LargestSize);

    private static readonly Option<int> s_fps = NumberOption.Of("--video-fps", "Video framerate", s_defaults.Fps, least: 1);

    private static readonly Option<string> s_codec = TextOption(
        "--video-codec",
        $"Video codec of ffmpeg; {VideoOptions.Gif} and {VideoOptions.WebP} make animated pictures and need no ffmpeg",
        "CODEC",
        s_defaults.Codec,
        VideoOptions.IsCodec,
        VideoOptions.CodecRule);

    private static readonly Option<string> s_bitrate = TextOption(
        "--video-bitrate", "Video bitrate", "BITRATE", s_defaults.Bitrate, VideoOptions.IsBitrate, VideoOptions.BitrateRule);

    private static readonly Option<bool> s_keepFrames =
        new("--keep-frames") { Description = "Keep the frames of videos as PNG files in folders NAME-frames" };

    internal static Command WithVideoSettings(this Command command)
    {
        foreach (Option option in (Option[])[s_video, s_mode, s_size, s_fps, s_codec, s_bitrate, s_keepFrames])
        {
            command.Add(option);
        }

        return command;
    }

    /// <summary>The settings of videos, with which a video can be made; null where none are asked for.</summary>
    /// <exception cref="NotSupportedException">ffmpeg is not installed.</exception>
    internal static VideoOptions? ReadTried(ParseResult result)
    {
        VideoOptions? options = Read(result);
        return options is null ? null : new VideoStudio(options).Options;
    }

    /// <summary>The settings of videos; null where none are asked for.</summary>
    /// <exception cref="ArgumentException">A setting is out of range.</exception>
    internal static VideoOptions? Read(ParseResult result)
    {
        if (!result.GetValue(s_video))
        {
            return null;
        }

        VideoOptions options = new()
        {
            Mode = result.GetValue(s_mode),
            Size = result.GetValue(s_size),
            Fps = result.GetValue(s_fps),
            Codec = result.GetRequiredValue(s_codec),
            Bitrate = result.GetRequiredValue(s_bitrate),
            KeepFrames = result.GetValue(s_keepFrames),
        };
        options.Validate();
        return options;
    }

    private static Option<string> TextOption(
        string name, string description, string value, string missing, Predicate<string> isFit, string rule)
    {
        Option<string> option = new(name) { Description = description, HelpName = value, DefaultValueFactory = _ => missing };
        option.Validators.Add(result =>
        {
            if (!result.Tokens.All(t => isFit(t.Value)))
            {
                result.Refuse(name, rule);
            }
        });
        return option;
    }
}
