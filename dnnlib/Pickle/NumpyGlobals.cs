namespace Dnnlib.Pickle;

/// <summary>How NumPy's arrays, scalars and element types arrive.</summary>
internal static class NumpyGlobals
{
    /// <summary><c>numpy.dtype("f4", align, copy)</c>.</summary>
    internal static object MakeDType(KnownGlobalCall call)
    {
        string name = call.Argument<string>(0);
        return new PickleDType(NumpyDType.Parse(name) ?? throw call.Machine.Error($"there is no dtype {new PickleGlobal("numpy", name)}"));
    }

    /// <summary><c>scalar(dtype, bytes)</c>.</summary>
    internal static object MakeScalar(KnownGlobalCall call)
    {
        NumpyDType dtype = call.Argument<PickleDType>(0).Value;
        object content = dtype.Kind == 'O' ? new List<object?> { call.Argument<object>(1) } : call.Argument<object>(1);
        PickleArray array = new();
        array.Set(dtype, [], isFortranOrder: false, content);
        return array;
    }

    /// <summary><c>_frombuffer(bytes, dtype, shape, order)</c> of protocol 5.</summary>
    internal static object MakeArray(KnownGlobalCall call)
    {
        PickleArray array = new();
        Set(call.Machine, array, call.Argument<PickleDType>(1), call.Argument<object?[]>(2), call.Count > 3 && call.Arguments[3] is "F",
            call.Argument<object>(0));
        return array;
    }

    /// <summary>The state of an array: (version, shape, dtype, is Fortran order, data), the version left out in old files.</summary>
    internal static void SetState(PickleMachine machine, PickleArray array, object? state)
    {
        if (state is not object?[] { Length: 4 or 5 } parts
            || parts[^4] is not object?[] shape || parts[^3] is not PickleDType dtype || parts[^2] is not (bool or long))
        {
            throw machine.Error("the state of an array is not what NumPy writes");
        }

        Set(machine, array, dtype, shape, parts[^2] is true or not (false or 0L), parts[^1]);
    }

    private static void Set(PickleMachine machine, PickleArray array, PickleDType dtype, object?[] shape, bool isFortranOrder,
        object? content)
    {
        if (shape.Length > PickleLimits.Dimensions || !Array.TrueForAll(shape, d => d is long))
        {
            throw machine.Error("the shape of an array is no short list of whole numbers");
        }

        array.Set(dtype.Value, [.. shape.Select(d => (long)d!)], isFortranOrder, content);

        // The data are shared with the bytes read, but may be turned into memory of its own later.
        machine.Input.Charge(array.Data.Length);
    }
}
