namespace Dnnlib.Pickle;

/// <summary>Reads Python pickles of protocols 0 to 5 as plain data, without running anything that they ask for.</summary>
/// <remarks>
/// <para>
/// What comes back: null, <see cref="bool"/>, <see cref="long"/> or <see cref="System.Numerics.BigInteger"/>, <see cref="double"/>,
/// <see cref="string"/> (a <see cref="PickleText"/>
/// where it is long), <see cref="ReadOnlyMemory{T}"/> of bytes, arrays of objects (tuples), <see cref="List{T}"/> of objects,
/// <see cref="PickleDict"/>, <see cref="PickleSet"/>,
/// <see cref="PickleArray"/> (NumPy's arrays and scalars), <see cref="PickleGlobal"/> (a class or function by name) and, for a call of
/// anything not known, an inert <see cref="PickleObject"/>.
/// </para>
/// <para>A damaged or hostile file is an error with its name and the byte; it neither hangs the reader nor takes more memory than a small
/// multiple of its size.</para>
/// </remarks>
public sealed class PickleReader
{
    private readonly PickleInput _input;

    /// <summary>A reader of one or more pickles, one after the other.</summary>
    /// <param name="stream">A stream that knows its length; it is read on from where it stands, and not closed.</param>
    /// <param name="name">The file's name, for errors.</param>
    public PickleReader(Stream stream, string name)
        : this(new PickleInput(stream ?? throw new ArgumentNullException(nameof(stream)), name))
    {
    }

    internal PickleReader(PickleInput input) => _input = input;

    /// <summary>Where the next pickle begins: the first byte after the last one read.</summary>
    public long Position => _input.Position;

    /// <summary>References to things outside the pickle last read, in the order in which it has them.</summary>
    internal IReadOnlyList<PicklePersistentId> References { get; private set; } = [];

    /// <summary>Reads the pickle in a file (<c>pickle.load</c>).</summary>
    /// <exception cref="InvalidDataException">
    /// The file is not a pickle, is damaged or cut off, or asks for too much; the message names the file and the byte.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static object? Load(string path)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        return new PickleReader(stream, path).Read();
    }

    /// <summary>Reads one pickle.</summary>
    /// <exception cref="InvalidDataException">
    /// It is none, is damaged or cut off, or asks for too much; the message names the file and the byte.
    /// </exception>
    public object? Read()
    {
        PickleMachine machine = new(_input);
        try
        {
            while (!machine.IsStopped)
            {
                byte code = _input.NextOperation();
                PickleOperation operation = PickleOperations.Find(code)
                    ?? throw _input.Error($"{code:x2} is no operation; is this file a pickle?");
                operation.Run(machine);
            }

            References = machine.References;
            return machine.Result();
        }
        catch (FormatException e)
        {
            throw _input.Error(e.Message, e);
        }
    }
}
