using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace TensorGraph.Data;

/// <summary>Reads a stretch of a file into several places by one call to the system, where it has one for that.</summary>
internal static unsafe partial class ScatterRead
{
    private static bool IsSupported => OperatingSystem.IsLinux() && Environment.Is64BitProcess;

    /// <summary>Reads at once what the system gives at once.</summary>
    /// <returns>Bytes read, the first places filled first; 0 where nothing was.</returns>
    internal static int Read(SafeFileHandle file, long offset, Span<byte> first, Span<byte> second, Span<byte> third)
    {
        if (!IsSupported)
        {
            return 0;
        }

        bool held = false;
        try
        {
            file.DangerousAddRef(ref held);
            fixed (byte* a = first, b = second, c = third)
            {
                Place* places = stackalloc Place[]
                {
                    new Place { Address = a, Length = (nuint)first.Length },
                    new Place { Address = b, Length = (nuint)second.Length },
                    new Place { Address = c, Length = (nuint)third.Length },
                };
                return (int)Math.Max(PReadV((int)file.DangerousGetHandle(), places, 3, offset), 0);
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

    [StructLayout(LayoutKind.Sequential)]
    private struct Place
    {
        internal byte* Address;
        internal nuint Length;
    }
}
