namespace Dnnlib.Pickle;

/// <summary>What a pickle may ask for, however small its file: generous for real files, out of reach for hostile ones.</summary>
internal static class PickleLimits
{
    /// <summary>The newest protocol known.</summary>
    internal const int Protocol = 5;

    /// <summary>Marks open at one time; Python's own pickler cannot nest deeper.</summary>
    internal const int Depth = 1000;

    /// <summary>Bytes of an integer, and digits where it is written as text.</summary>
    internal const int IntegerLength = 4300;

    /// <summary>Bytes of one line of a text operation that is not a string: a number, a module, a name.</summary>
    internal const int LineLength = 4400;

    /// <summary>Dimensions of an array, as many as NumPy allows.</summary>
    internal const int Dimensions = 64;

    /// <summary>Texts with more bytes than this stay encoded until somebody asks for them: they are mostly the data of arrays.</summary>
    internal const int ShortText = 4096;

    private const long SmallFileMemory = 16 << 20;
    private const int MemoryPerByte = 4;

    /// <summary>
    /// Bytes of memory that a file of the given length may use: so many for each of its bytes, but enough for any small file.
    /// </summary>
    internal static long Memory(long length) => Math.Max(SmallFileMemory, MemoryPerByte * length);
}
