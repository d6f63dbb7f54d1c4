namespace StyleGan2.Encoder.Video;

/// <summary>The size of a video's frames.</summary>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
internal readonly record struct FrameSize(int Width, int Height)
{
    /// <summary>Whether colours can be stored for two by two pixels, which every player can show.</summary>
    internal bool IsEven => Width % 2 == 0 && Height % 2 == 0;
}
