using System.CommandLine;
using DatasetTool.CommandLine;

namespace StyleGan2.Encoder.Commands;

/// <summary>The reference's flags for videos of an optimisation, which are refused until there are videos.</summary>
internal static class VideoSettings
{
    private const string Instead = "leave it out to have the results alone";

    internal static Command WithVideoSettings(this Command command)
    {
        command.Add(
            new Option<bool>("--video") { Description = "Render video of the optimization process (not supported yet)" }.Refused(Instead));
        foreach (string name in (string[])["--video-mode", "--video-size", "--video-fps", "--video-codec", "--video-bitrate"])
        {
            command.Add(new Option<string>(name) { Hidden = true }.Refused(Instead));
        }

        return command;
    }
}
