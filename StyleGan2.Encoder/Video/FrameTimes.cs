namespace StyleGan2.Encoder.Video;

/// <summary>How long frames are shown in formats that count parts of a second: their sum is right to one part.</summary>
/// <param name="fps">Frames a second.</param>
/// <param name="partsInSecond">Parts in a second.</param>
internal sealed class FrameTimes(int fps, int partsInSecond)
{
    /// <summary>The parts of a second that a frame is shown.</summary>
    /// <param name="frame">Its number, from 0.</param>
    internal int Of(int frame) => (int)(End(frame + 1) - End(frame));

    private long End(long frames) => ((frames * partsInSecond * 2) + fps) / (fps * 2);
}
