using System.Numerics;

namespace Dnnlib.Pickle;

/// <summary>The classes and functions that pickles of plain data call, and the plain data that each stands for here.</summary>
internal static class KnownGlobals
{
    private static readonly Dictionary<(string Module, string Name), Func<KnownGlobalCall, object>> s_all = new()
    {
        [("collections", "OrderedDict")] = MakeDict,
        [("collections", "defaultdict")] = c => new PickleDict(c.Global),
        [("dnnlib", "EasyDict")] = MakeDict,
        [("dnnlib.util", "EasyDict")] = MakeDict,
        [("builtins", "dict")] = MakeDict,
        [("builtins", "list")] = c => Elements(c),
        [("builtins", "set")] = c => new PickleSet(Elements(c)),
        [("builtins", "frozenset")] = c => new PickleSet(Elements(c)),
        [("builtins", "complex")] = c => new Complex(c.Argument<double>(0), c.Argument<double>(1)),
        [("builtins", "bytes")] = MakeBytes,
        [("builtins", "bytearray")] = MakeBytes,
        [("_codecs", "encode")] = MakeBytes,
        [("copyreg", "_reconstructor")] = Reconstruct,
        [("numpy", "dtype")] = NumpyGlobals.MakeDType,
        [("numpy.core.multiarray", "_reconstruct")] = _ => new PickleArray(),
        [("numpy.core.multiarray", "scalar")] = NumpyGlobals.MakeScalar,
        [("numpy.core.numeric", "_frombuffer")] = NumpyGlobals.MakeArray,
    };

    /// <summary>What makes the plain data of a known class or function; null where it is not known.</summary>
    internal static Func<KnownGlobalCall, object>? Find(PickleGlobal global) =>
        s_all.GetValueOrDefault((CurrentModule(global.Module), global.Name));

    /// <summary>Python 2's and NumPy 2's names of modules, as Python 3 and NumPy 1 call them.</summary>
    private static string CurrentModule(string module) => module switch
    {
        "__builtin__" => "builtins",
        "copy_reg" => "copyreg",
        "numpy._core.multiarray" => "numpy.core.multiarray",
        "numpy._core.numeric" => "numpy.core.numeric",
        _ => module,
    };

    /// <summary>A dictionary: empty, or of a dictionary's entries or a list of pairs.</summary>
    private static PickleDict MakeDict(KnownGlobalCall call)
    {
        PickleDict dict = new(call.Global);
        IEnumerable<(object? Key, object? Value)> entries = call.Count == 0 ? [] : call.Arguments[0] switch
        {
            PickleDict other => other.Select(e => ((object?)e.Key, e.Value)),
            List<object?> pairs => pairs.Select(p => Pair(call, p)),
            _ => throw call.Machine.Error($"{call.Global} is made of neither a dictionary nor pairs"),
        };
        foreach ((object? key, object? value) in entries)
        {
            call.Machine.SetItem(dict, key, value);
        }

        return dict;
    }

    private static (object? Key, object? Value) Pair(KnownGlobalCall call, object? pair) =>
        pair is IReadOnlyList<object?> { Count: 2 } list
            ? (list[0], list[1])
            : throw call.Machine.Error($"{call.Global} is made of what are no pairs");

    private static List<object?> Elements(KnownGlobalCall call)
    {
        IReadOnlyList<object?> items = call.Count == 0 ? [] : call.Argument<IReadOnlyList<object?>>(0);
        call.Machine.Input.Charge(8L * items.Count);
        return [.. items];
    }

    /// <summary>Bytes of a text in Latin-1, which is how protocol 2 writes them, or of bytes.</summary>
    private static object MakeBytes(KnownGlobalCall call)
    {
        if (call.Count == 2 && call.Arguments[1] is not ("latin1" or "latin-1"))
        {
            throw call.Machine.Error("bytes are given as a text in another encoding than Latin-1");
        }

        return call.Count == 0 ? ReadOnlyMemory<byte>.Empty : call.Arguments[0] switch
        {
            ReadOnlyMemory<byte> bytes => bytes,
            PickleText text => text.ToLatin1(),
            string text => Latin1(call.Machine, text),
            _ => throw call.Machine.Error($"{call.Global} is given what is no text"),
        };
    }

    private static ReadOnlyMemory<byte> Latin1(PickleMachine machine, string text)
    {
        machine.Input.Charge(text.Length);
        return PickleText.EncodeLatin1(text);
    }

    /// <summary>Protocol 0 and 1's way of making objects: a known kind of dictionary is one, all others stay inert.</summary>
    private static object Reconstruct(KnownGlobalCall call)
    {
        PickleGlobal type = call.Argument<PickleGlobal>(0);
        object?[] arguments = call.Count > 2 && call.Arguments[2] is PickleDict dict ? [dict] : [];
        return Find(type) is { } make ? make(new KnownGlobalCall(call.Machine, type, arguments)) : new PickleObject(type, arguments);
    }
}
