namespace Imaging.Colors;

/// <summary>CMYK as PIL turns it into RGB.</summary>
internal static class CmykColor
{
    internal static (byte Red, byte Green, byte Blue) ToRgb(byte cyan, byte magenta, byte yellow, byte black)
    {
        int white = 255 - black;
        return ((byte)(white - Product(cyan, white)), (byte)(white - Product(magenta, white)), (byte)(white - Product(yellow, white)));
    }

    /// <summary>a * b / 255, rounded.</summary>
    private static int Product(int a, int b)
    {
        int product = (a * b) + 128;
        return ((product >> 8) + product) >> 8;
    }
}
