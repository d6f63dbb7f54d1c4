using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace TensorGraph.Data.Files;

/// <summary>Reads a stretch of a file into several places by one call to the system, where it has one for that.</summary>
internal static unsafe partial class ScatterRead
{
    /// <summary>The most places that one call takes.</summary>
    internal const int MostPlaces = 1024;

    internal static bool IsSupported => OperatingSystem.IsLinux() && Environment.Is64BitProcess;

    /// <summary>Reads at once what the system gives at once.</summary>
    /// <returns>Bytes read, the first places filled first; 0 where nothing was.</returns>
    internal static int Read(SafeFileHandle file, long offset, Span<byte> first, Span<byte> second, Span<byte> third)
    {
        fixed (byte* a = first, b = second, c = third)
        {
            Place* places = stackalloc Place[] { new(a, first.Length), new(b, second.Length), new(c, third.Length) };
            return Read(file, offset, new ReadOnlySpan<Place>(places, 3));
        }
    }

    /// <inheritdoc cref="Read(SafeFileHandle, long, Span{byte}, Span{byte}, Span{byte})"/>
    /// <param name="file">The file.</param>
    /// <param name="offset">Where to begin.</param>
    /// <param name="places">Memory that does not move meanwhile, at most <see cref="MostPlaces"/>.</param>
    internal static int Read(SafeFileHandle file, long offset, ReadOnlySpan<Place> places)
    {
        if (!IsSupported)
        {
            return 0;
        }

        bool held = false;
        try
        {
            file.DangerousAddRef(ref held);
            fixed (Place* first = places)
            {
                return (int)Math.Max(PReadV((int)file.DangerousGetHandle(), first, places.Length, offset), 0);
            }
        }
        finally
        {
            if (held)
            {
                file.DangerousRelease();
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "preadv")]
    private static partial nint PReadV(int file, Place* places, int count, long offset);

    /// <summary>Where some of the bytes go.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal readonly struct Place(byte* address, int length)
    {
        private readonly byte* _address = address;
        private readonly nuint _length = (nuint)length;
    }
}
