using System.Text.RegularExpressions;
using ELFSharp.ELF;
using ELFSharp.ELF.Sections;

namespace StyleGan2.Encoder.Tests.Packaging;

/// <summary>The programs run on a bare Debian: their native libraries need nothing beyond what .NET itself needs there.</summary>
public sealed partial class NativeLibraryTests
{
    /// <summary>Libraries for the GPU need CUDA by their nature; those for Alpine and Android have another C library.</summary>
    private static readonly string[] s_libraries =
    [
        .. Directory.EnumerateFiles(AppContext.BaseDirectory, "*.so*", SearchOption.AllDirectories)
            .Where(f => !OtherSystems().IsMatch(Path.GetRelativePath(AppContext.BaseDirectory, f)))
            .Where(f => ELFReader.CheckELFType(f) != Class.NotELF),
    ];

    [Theory]
    [InlineData("libonnxruntime.so")]
    [InlineData("libSkiaSharp.so")]
    public void The_programs_bring_this_library(string name) => Assert.Contains(s_libraries, l => Path.GetFileName(l) == name);

    [Fact]
    public void No_native_library_needs_more_than_glibc_libgcc_libstdcxx_and_libz() =>
        Assert.Empty(s_libraries.SelectMany(l => Needed(l).Where(n => !BareSystem().IsMatch(n)).Select(n => $"{l} needs {n}")));

    [Fact]
    public void What_a_library_needs_is_found() =>
        Assert.All(s_libraries, l => Assert.Contains(Needed(l), n => n.StartsWith("libc.so", StringComparison.Ordinal)));

    /// <summary>The libraries that the loader must find for a library: the names under DT_NEEDED.</summary>
    private static IEnumerable<string> Needed(string library)
    {
        using IELF file = ELFReader.Load(library);
        IStringTable names = (IStringTable)file.GetSection(".dynstr");
        return file.GetSection(".dynamic") switch
        {
            DynamicSection<ulong> section => [.. section.Entries.Where(e => e.Tag == DynamicTag.Needed).Select(e => names[(long)e.Value])],
            DynamicSection<uint> section => [.. section.Entries.Where(e => e.Tag == DynamicTag.Needed).Select(e => names[e.Value])],
            _ => [],
        };
    }

    [GeneratedRegex(@"linux-(musl|bionic)|android|providers_(cuda|tensorrt|nv)")]
    private static partial Regex OtherSystems();

    [GeneratedRegex(@"^(lib(c|m|dl|pthread|rt|gcc_s|stdc\+\+|z)|ld-linux[\w-]*)\.so(\.\d+)*$")]
    private static partial Regex BareSystem();
}
