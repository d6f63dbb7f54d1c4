using System.Buffers.Binary;
using System.Collections;
using System.Numerics;
using System.Text;
using NumSharp;
using TensorGraph.Numpy;

namespace Dnnlib.Pickle;

/// <summary>
/// Writes pickles of plain data: numbers, texts, bytes, lists, tuples (arrays of objects), dictionaries and NumPy arrays.
/// </summary>
/// <remarks>Arrays go through <c>numpy.core.multiarray._reconstruct</c>, which NumPy 1 and 2 both load.</remarks>
/// <param name="stream">Where it is written.</param>
/// <param name="protocol">4, or 2, which has no bytes and so no arrays.</param>
internal sealed class PickleWriter(Stream stream, byte protocol = 4)
{
    private const int ShortLength = 256;

    internal void Begin() => stream.Write([0x80, protocol]);

    internal void End() => stream.Write("."u8);

    internal void Mark() => stream.Write("("u8);

    /// <summary>Makes a tuple of what was written since the mark.</summary>
    internal void EndTuple() => stream.Write("t"u8);

    /// <summary>Begins a list; <see cref="EndList"/> gives it what was written in between.</summary>
    internal void BeginList() => stream.Write("]("u8);

    internal void EndList() => stream.Write("e"u8);

    /// <summary>Begins a dictionary; <see cref="EndDict"/> gives it the keys and values written in between.</summary>
    internal void BeginDict() => stream.Write("}("u8);

    internal void EndDict() => stream.Write("u"u8);

    /// <summary>
    /// Begins an object of a class, made without arguments; <see cref="EndObject"/> gives it the state written in between.
    /// </summary>
    internal void BeginObject(PickleGlobal type)
    {
        Write(type);
        stream.Write([(byte)')', 0x81]);
    }

    internal void EndObject() => stream.Write("b"u8);

    /// <summary>Calls the function written before the tuple of arguments that was written last.</summary>
    internal void EndCall() => stream.Write("R"u8);

    /// <summary>Writes a value.</summary>
    /// <exception cref="NotSupportedException">It is of another kind than those that are plain data.</exception>
    internal void Write(object? value)
    {
        switch (value)
        {
            case null:
                stream.Write("N"u8);
                break;
            case bool flag:
                stream.WriteByte(flag ? (byte)0x88 : (byte)0x89);
                break;
            case sbyte or byte or short or ushort or int or uint or long:
                WriteInteger(Convert.ToInt64(value, null));
                break;
            case ulong or BigInteger:
                WriteLong(value is ulong small ? small : (BigInteger)value);
                break;
            case Half or float or double:
                WriteDouble(value is Half half ? (double)half : Convert.ToDouble(value, null));
                break;
            case string text:
                WriteText(text);
                break;
            case ReadOnlyMemory<byte> bytes:
                WriteBytes(bytes.Span);
                break;
            case PickleGlobal global:
                WriteGlobal(global);
                break;
            case PicklePersistentId reference:
                Write(reference.Id);
                stream.Write("Q"u8);
                break;
            case NDArray array:
                WriteArray(array);
                break;
            default:
                WriteContainer(value);
                break;
        }
    }

    /// <summary>Writes a call of a class or function, for its result.</summary>
    internal void WriteCall(PickleGlobal function, params object?[] arguments)
    {
        Write(function);
        Write(arguments);
        EndCall();
    }

    private void WriteContainer(object value)
    {
        switch (value)
        {
            case EasyDict dict:
                BeginDict();
                foreach ((string name, object? item) in dict)
                {
                    WriteText(name);
                    Write(item);
                }

                EndDict();
                break;
            case object?[] tuple:
                Mark();
                Array.ForEach(tuple, Write);
                EndTuple();
                break;
            case IList list:
                BeginList();
                foreach (object? item in list)
                {
                    Write(item);
                }

                EndList();
                break;
            default:
                throw new NotSupportedException($"a {value.GetType().Name} is not plain data, which is all that a pickle can hold");
        }
    }

    private void WriteInteger(long value)
    {
        if (value is >= 0 and < ShortLength)
        {
            stream.Write([(byte)'K', (byte)value]);
        }
        else if (value is >= int.MinValue and <= int.MaxValue)
        {
            Span<byte> operation = [(byte)'J', 0, 0, 0, 0];
            BinaryPrimitives.WriteInt32LittleEndian(operation[1..], (int)value);
            stream.Write(operation);
        }
        else
        {
            WriteLong(value);
        }
    }

    private void WriteLong(BigInteger value)
    {
        byte[] bytes = value.ToByteArray();
        if (bytes.Length >= ShortLength)
        {
            throw new NotSupportedException($"an integer of {bytes.Length} bytes is longer than any that is used");
        }

        stream.Write([0x8a, (byte)bytes.Length, .. bytes]);
    }

    private void WriteDouble(double value)
    {
        Span<byte> operation = [(byte)'G', 0, 0, 0, 0, 0, 0, 0, 0];
        BinaryPrimitives.WriteDoubleBigEndian(operation[1..], value);
        stream.Write(operation);
    }

    private void WriteGlobal(PickleGlobal global)
    {
        if (protocol < 4)
        {
            stream.Write(Encoding.UTF8.GetBytes($"c{global.Module}\n{global.Name}\n"));
            return;
        }

        WriteText(global.Module);
        WriteText(global.Name);
        stream.WriteByte(0x93);
    }

    private void WriteText(string text) => WriteSized(protocol < 4 ? null : (byte)0x8c, (byte)'X', Encoding.UTF8.GetBytes(text));

    private void WriteBytes(ReadOnlySpan<byte> bytes) => WriteSized((byte)'C', (byte)'B', bytes);

    /// <summary>Writes bytes after an operation with their length in one byte, or where they are too many, another in four.</summary>
    private void WriteSized(byte? operationOfShort, byte operation, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < ShortLength && operationOfShort is { } code)
        {
            stream.Write([code, (byte)bytes.Length]);
        }
        else
        {
            Span<byte> start = [operation, 0, 0, 0, 0];
            BinaryPrimitives.WriteInt32LittleEndian(start[1..], bytes.Length);
            stream.Write(start);
        }

        stream.Write(bytes);
    }

    /// <summary>
    /// An array as NumPy pickles it: an empty one is made, and given (1, shape, dtype, is Fortran order, bytes) as its state.
    /// </summary>
    private void WriteArray(NDArray array)
    {
        NumpyDType dtype = NumpyDType.Of(array.typecode)
            ?? throw new NotSupportedException($"an array of {array.typecode} is none of NumPy's");
        WriteCall(new PickleGlobal("numpy.core.multiarray", "_reconstruct"), new PickleGlobal("numpy", "ndarray"), new object?[] { 0 },
            new ReadOnlyMemory<byte>("b"u8.ToArray()));
        Mark();
        Write(1);
        Write(Array.ConvertAll(array.shape, d => (object?)d));
        WriteDType(dtype);
        Write(false);
        NDArray contiguous = array.Contiguous();
        WriteBytes(contiguous.Bytes());
        GC.KeepAlive(contiguous);
        EndTuple();
        EndObject();
    }

    private void WriteDType(NumpyDType dtype)
    {
        WriteCall(new PickleGlobal("numpy", "dtype"), $"{dtype.Kind}{dtype.ItemSize}", false, true);
        Write(new object?[] { 3, dtype.ItemSize == 1 ? "|" : "<", null, null, null, -1, -1, 0 });
        EndObject();
    }
}
