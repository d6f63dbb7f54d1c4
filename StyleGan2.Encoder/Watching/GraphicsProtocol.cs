namespace StyleGan2.Encoder.Watching;

/// <summary>Ways of showing a picture in a terminal.</summary>
internal enum GraphicsProtocol
{
    /// <summary>Two pixels a character, in colours of text.</summary>
    HalfBlocks,

    /// <summary>Sixels, six pixels one above the other with up to 256 colours.</summary>
    Sixel,

    /// <summary>The graphics protocol of the terminal kitty, which others have too.</summary>
    Kitty,
}
