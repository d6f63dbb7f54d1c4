using System.Runtime.InteropServices;

namespace TensorGraph.Data.Files;

/// <summary>A block of memory outside the garbage collector's heap, in huge pages where the system has them: it clears those many times faster than small ones.</summary>
/// <remarks>It is not freed by itself; what owns it at a time has a finalizer.</remarks>
internal sealed unsafe partial class NativeBlock : IDisposable
{
    private const nuint HugePage = 2 << 20;
    private const int AdviseHugePages = 14;

    internal NativeBlock(long size)
    {
        Size = size;
        Address = (nint)NativeMemory.AlignedAlloc((nuint)size, HugePage);
        GC.AddMemoryPressure(size);
        if (OperatingSystem.IsLinux())
        {
            // Only advice: where it is not taken, small pages serve as well.
            _ = Advise(Address, (nuint)size, AdviseHugePages);
        }
    }

    internal nint Address { get; private set; }

    internal long Size { get; }

    public void Dispose()
    {
        if (Address != 0)
        {
            NativeMemory.AlignedFree((void*)Address);
            GC.RemoveMemoryPressure(Size);
            Address = 0;
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nint address, nuint length, int advice);
}
