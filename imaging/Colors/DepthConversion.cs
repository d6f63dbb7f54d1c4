namespace Imaging.Colors;

/// <summary>How 16-bit gray becomes 8-bit gray. 16-bit colours always lose their lower bits, as in PIL.</summary>
public enum DepthConversion
{
    /// <summary>Levels beyond 255 become 255, as by PIL's <c>convert('RGB')</c>: most pictures turn white.</summary>
    Clip,

    /// <summary>Levels are divided by 257 and rounded, so that 65535 becomes 255. The picture counts as 8-bit gray.</summary>
    Scale,
}
