namespace Dnnlib.Pickle;

/// <summary>
/// The stack, marks and memo of a pickle being read. The operations on them are in <see cref="PickleOperations"/>; none runs anything
/// outside this folder.
/// </summary>
internal sealed class PickleMachine(PickleInput input)
{
    private const long SlotSize = 8;
    private const long EntrySize = 64;
    private const long ObjectSize = 48;

    private static readonly object[] s_smallIntegers = [.. Enumerable.Range(0, 256).Select(i => (object)(long)i)];
    private static readonly object s_true = true;
    private static readonly object s_false = false;

    private readonly List<object?> _stack = [];
    private readonly Stack<int> _marks = [];
    private readonly Dictionary<long, object?> _memo = [];
    private readonly List<PicklePersistentId> _references = [];

    internal PickleInput Input => input;

    internal bool IsStopped { get; private set; }

    internal IReadOnlyList<PicklePersistentId> References => _references;

    /// <summary>The number of objects above the last mark.</summary>
    private int Available => _stack.Count - (_marks.TryPeek(out int mark) ? mark : 0);

    internal InvalidDataException Error(string what) => input.Error(what);

    internal object? Result()
    {
        object? result = Pop();
        return _stack.Count == 0 ? result : throw Error("it ends with more than one object");
    }

    internal void Stop() => IsStopped = true;

    internal void Push(object? value)
    {
        if (_stack.Count == _stack.Capacity)
        {
            input.Charge((SlotSize * _stack.Capacity) + SlotSize);
        }

        _stack.Add(value);
    }

    internal void Push(bool value) => Push(value ? s_true : s_false);

    internal void Push(long value)
    {
        if (value is >= 0 and < 256)
        {
            Push(s_smallIntegers[value]);
        }
        else
        {
            input.Charge(ObjectSize / 2);
            Push((object)value);
        }
    }

    /// <summary>Pushes a new object of about the given size.</summary>
    internal void PushNew(object value, long size = 0)
    {
        input.Charge(ObjectSize + size);
        Push(value);
    }

    internal void PushReference(object? id)
    {
        PicklePersistentId reference = new(id);
        PushNew(reference, 2 * SlotSize);
        _references.Add(reference);
    }

    internal object? Pop()
    {
        object? top = Peek();
        _stack.RemoveAt(_stack.Count - 1);
        return top;
    }

    internal T Pop<T>(string what) => Pop() is T value ? value : throw Error($"{what} is expected");

    internal object? Peek() => Available > 0 ? _stack[^1] : throw Error("an operation finds no object to work on");

    /// <summary>Python's POP, which takes away a mark where one is on top.</summary>
    internal void Discard()
    {
        if (Available > 0 || !_marks.TryPop(out _))
        {
            Pop();
        }
    }

    internal void Mark()
    {
        if (_marks.Count == PickleLimits.Depth)
        {
            throw Error($"objects are nested more than {PickleLimits.Depth} deep");
        }

        _marks.Push(_stack.Count);
    }

    /// <summary>Takes the objects above the last mark, and the mark.</summary>
    internal object?[] PopToMark()
    {
        if (!_marks.TryPop(out int mark))
        {
            throw Error("an operation finds no mark");
        }

        return PopFrom(mark);
    }

    /// <summary>Takes the last few objects as a tuple.</summary>
    internal object?[] PopLast(int count) =>
        Available >= count ? PopFrom(_stack.Count - count) : throw Error("an operation finds too few objects");

    internal void Memoize(long index)
    {
        input.Charge(EntrySize);
        _memo[index] = Peek();
    }

    internal void MemoizeNext() => Memoize(_memo.Count);

    internal void PushMemoized(long index) =>
        Push(_memo.TryGetValue(index, out object? value) ? value : throw Error($"nothing was remembered as number {index}"));

    internal void Append(object?[] items)
    {
        List<object?> list = Peek() switch
        {
            List<object?> plain => plain,
            PickleSet set => set.ItemList,
            PickleObject inert => inert.ItemList ??= [],
            _ => throw Error("elements are appended to what is no list"),
        };
        input.Charge((list.Count == 0 ? ObjectSize : 0) + (2 * SlotSize * items.Length));
        list.AddRange(items);
    }

    internal void SetItems(object?[] keysAndValues)
    {
        PickleDict dict = Peek() switch
        {
            PickleDict plain => plain,
            PickleObject inert => inert.Entries ??= new PickleDict(),
            _ => throw Error("entries are set on what is no dictionary"),
        };
        for (int i = 0; i + 1 < keysAndValues.Length; i += 2)
        {
            SetItem(dict, keysAndValues[i], keysAndValues[i + 1]);
        }

        if (keysAndValues.Length % 2 != 0)
        {
            throw Error("a key has no value");
        }
    }

    internal void SetItem(PickleDict dict, object? key, object? value)
    {
        input.Charge(dict.Count == 0 ? 4 * EntrySize : EntrySize);
        dict.Set(Key(key), value);
    }

    /// <summary>A call as Python would make it: known names give plain data, all others an inert object.</summary>
    internal void Call(object? callable, object? arguments)
    {
        if (callable is not PickleGlobal global || KnownGlobals.Find(global) is not { } make)
        {
            PushNew(new PickleObject(callable, arguments));
            return;
        }

        object?[] values = arguments as object?[] ?? throw Error($"the arguments of {global} are no tuple");
        PushNew(make(new KnownGlobalCall(this, global, values)));
    }

    /// <summary>Gives the object on top its state.</summary>
    internal void Build(object? state)
    {
        switch (Peek())
        {
            case PickleDType dtype:
                dtype.SetState(state);
                break;
            case PickleArray array:
                NumpyGlobals.SetState(this, array, state);
                break;
            case PickleDict dict:
                dict.State = state;
                break;
            case PickleObject inert:
                inert.State = state;
                break;
            default:
                throw Error("an object that has no state is given one");
        }
    }

    /// <summary>A text of the given number of bytes; a string where it is short.</summary>
    internal void PushText(long length, bool isLatin1)
    {
        byte[] bytes = input.ReadBytes(length);
        PushNew(length <= PickleLimits.ShortText ? Decoded(bytes, isLatin1) : new PickleText(bytes, isLatin1));
    }

    internal string Decoded(byte[] bytes, bool isLatin1)
    {
        input.Charge(2L * bytes.Length);
        return PickleText.Decode(bytes, isLatin1);
    }

    private object Key(object? key)
    {
        if (key is PickleText text)
        {
            input.Charge(2L * text.Length);
            return text.ToString();
        }

        return key ?? throw Error("None is the key of an entry, which is not supported");
    }

    private object?[] PopFrom(int first)
    {
        int count = _stack.Count - first;
        input.Charge(SlotSize * count);
        object?[] items = new object?[count];
        _stack.CopyTo(first, items, 0, count);
        _stack.RemoveRange(first, count);
        return items;
    }
}
