namespace Dnnlib.Pickle;

/// <summary>The operations of protocols 0 to 5, all in one table.</summary>
internal static class PickleOperations
{
    private static readonly PickleOperation?[] s_byCode = ByCode(
    [
        new(0x80, "PROTO", m => CheckProtocol(m, m.Input.ReadByte())),
        new(0x95, "FRAME", m => m.Input.ReadLength64()),
        new((byte)'.', "STOP", m => m.Stop()),

        new((byte)'N', "NONE", m => m.Push(null)),
        new(0x88, "NEWTRUE", m => m.Push(true)),
        new(0x89, "NEWFALSE", m => m.Push(false)),
        new((byte)'I', "INT", PickleLiterals.PushInt),
        new((byte)'L', "LONG", PickleLiterals.PushLong),
        new((byte)'J', "BININT", m => m.Push((long)m.Input.ReadInt32())),
        new((byte)'K', "BININT1", m => m.Push((long)m.Input.ReadByte())),
        new((byte)'M', "BININT2", m => m.Push((long)m.Input.ReadUInt16())),
        new(0x8a, "LONG1", m => PickleLiterals.PushInteger(m, m.Input.ReadByte())),
        new(0x8b, "LONG4", m => PickleLiterals.PushInteger(m, m.Input.ReadUInt32())),
        new((byte)'F', "FLOAT", PickleLiterals.PushFloat),
        new((byte)'G', "BINFLOAT", m => m.PushNew(m.Input.ReadDouble())),

        new((byte)'S', "STRING", PickleLiterals.PushQuoted),
        new((byte)'T', "BINSTRING", m => m.PushText(m.Input.ReadUInt32(), isLatin1: true)),
        new((byte)'U', "SHORT_BINSTRING", m => m.PushText(m.Input.ReadByte(), isLatin1: true)),
        new((byte)'V', "UNICODE", PickleLiterals.PushEscaped),
        new((byte)'X', "BINUNICODE", m => m.PushText(m.Input.ReadUInt32(), isLatin1: false)),
        new(0x8c, "SHORT_BINUNICODE", m => m.PushText(m.Input.ReadByte(), isLatin1: false)),
        new(0x8d, "BINUNICODE8", m => m.PushText(m.Input.ReadLength64(), isLatin1: false)),
        new((byte)'B', "BINBYTES", m => PushBytes(m, m.Input.ReadUInt32())),
        new((byte)'C', "SHORT_BINBYTES", m => PushBytes(m, m.Input.ReadByte())),
        new(0x8e, "BINBYTES8", m => PushBytes(m, m.Input.ReadLength64())),
        new(0x96, "BYTEARRAY8", m => PushBytes(m, m.Input.ReadLength64())),

        new((byte)'(', "MARK", m => m.Mark()),
        new((byte)'0', "POP", m => m.Discard()),
        new((byte)'1', "POP_MARK", m => m.PopToMark()),
        new((byte)'2', "DUP", m => m.Push(m.Peek())),

        new((byte)')', "EMPTY_TUPLE", m => m.Push(Array.Empty<object?>())),
        new((byte)'t', "TUPLE", m => m.PushNew(m.PopToMark())),
        new(0x85, "TUPLE1", m => m.PushNew(m.PopLast(1))),
        new(0x86, "TUPLE2", m => m.PushNew(m.PopLast(2))),
        new(0x87, "TUPLE3", m => m.PushNew(m.PopLast(3))),
        new((byte)']', "EMPTY_LIST", m => m.PushNew(new List<object?>())),
        new((byte)'l', "LIST", m => PushFilled(m, new List<object?>(), m.PopToMark(), m.Append)),
        new((byte)'a', "APPEND", m => m.Append(m.PopLast(1))),
        new((byte)'e', "APPENDS", m => m.Append(m.PopToMark())),
        new((byte)'}', "EMPTY_DICT", m => m.PushNew(new PickleDict())),
        new((byte)'d', "DICT", m => PushFilled(m, new PickleDict(), m.PopToMark(), m.SetItems)),
        new((byte)'s', "SETITEM", m => m.SetItems(m.PopLast(2))),
        new((byte)'u', "SETITEMS", m => m.SetItems(m.PopToMark())),
        new(0x8f, "EMPTY_SET", m => m.PushNew(new PickleSet([]))),
        new(0x90, "ADDITEMS", m => m.Append(m.PopToMark())),
        new(0x91, "FROZENSET", m => m.PushNew(new PickleSet([.. m.PopToMark()]))),

        new((byte)'p', "PUT", m => m.Memoize(PickleLiterals.ReadIndex(m))),
        new((byte)'q', "BINPUT", m => m.Memoize(m.Input.ReadByte())),
        new((byte)'r', "LONG_BINPUT", m => m.Memoize(m.Input.ReadUInt32())),
        new(0x94, "MEMOIZE", m => m.MemoizeNext()),
        new((byte)'g', "GET", m => m.PushMemoized(PickleLiterals.ReadIndex(m))),
        new((byte)'h', "BINGET", m => m.PushMemoized(m.Input.ReadByte())),
        new((byte)'j', "LONG_BINGET", m => m.PushMemoized(m.Input.ReadUInt32())),

        new((byte)'c', "GLOBAL", m => m.PushNew(PickleLiterals.ReadGlobal(m))),
        new(0x93, "STACK_GLOBAL", PushGlobal),
        new((byte)'R', "REDUCE", CallWithTuple),
        new(0x81, "NEWOBJ", CallWithTuple),
        new(0x92, "NEWOBJ_EX", CallWithKeywords),
        new((byte)'i', "INST", m => m.Call(PickleLiterals.ReadGlobal(m), m.PopToMark())),
        new((byte)'o', "OBJ", CallMarked),
        new((byte)'b', "BUILD", m => m.Build(m.Pop())),
        new((byte)'P', "PERSID", m => m.PushReference(PickleLiterals.ReadText(m))),
        new((byte)'Q', "BINPERSID", m => m.PushReference(m.Pop())),
    ]);

    internal static PickleOperation? Find(byte code) => s_byCode[code];

    private static PickleOperation?[] ByCode(PickleOperation[] operations)
    {
        PickleOperation?[] byCode = new PickleOperation?[256];
        Array.ForEach(operations, o => byCode[o.Code] = o);
        return byCode;
    }

    private static void CheckProtocol(PickleMachine machine, byte protocol)
    {
        if (protocol > PickleLimits.Protocol)
        {
            throw machine.Error($"protocol {protocol} is newer than {PickleLimits.Protocol}");
        }
    }

    private static void PushBytes(PickleMachine machine, long length) =>
        machine.PushNew((ReadOnlyMemory<byte>)machine.Input.ReadBytes(length));

    private static void PushFilled(PickleMachine machine, object container, object?[] items, Action<object?[]> fill)
    {
        machine.PushNew(container);
        fill(items);
    }

    private static void PushGlobal(PickleMachine machine)
    {
        string name = machine.Pop<string>("the name of a class or function"), module = machine.Pop<string>("the name of a module");
        machine.PushNew(new PickleGlobal(module, name));
    }

    private static void CallWithTuple(PickleMachine machine)
    {
        object? arguments = machine.Pop();
        machine.Call(machine.Pop(), arguments);
    }

    /// <summary>Keyword arguments go last among the others; no known class takes any.</summary>
    private static void CallWithKeywords(PickleMachine machine)
    {
        PickleDict keywords = machine.Pop<PickleDict>("a dictionary of keyword arguments");
        object?[] arguments = machine.Pop<object?[]>("a tuple of arguments");
        machine.Input.Charge(8L * arguments.Length);
        machine.Call(machine.Pop(), keywords.Count == 0 ? arguments : [.. arguments, keywords]);
    }

    private static void CallMarked(PickleMachine machine)
    {
        object?[] items = machine.PopToMark();
        machine.Call(items.Length > 0 ? items[0] : throw machine.Error("an object has no class"), items[1..]);
    }
}
