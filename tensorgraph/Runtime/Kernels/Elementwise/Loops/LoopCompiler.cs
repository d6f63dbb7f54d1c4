using System.Reflection.Emit;

namespace TensorGraph.Runtime.Kernels.Elementwise.Loops;

/// <summary>Writes the loop of a fused kernel as .NET's intermediate language, which the runtime compiles for the processor.</summary>
/// <remarks>The loop runs with vectors as long as pixels fill one, then one pixel at a time.</remarks>
internal sealed unsafe class LoopCompiler
{
    private readonly IReadOnlyList<Instruction> _instructions;
    private readonly IReadOnlyList<Operand> _inputs;
    private readonly IReadOnlyList<Instruction> _outputs;
    private readonly DynamicMethod _method;
    private readonly ILGenerator _code;
    private readonly LocalBuilder[] _places;
    private readonly LocalBuilder _pixel;

    internal LoopCompiler(IReadOnlyList<Instruction> instructions, IReadOnlyList<Operand> inputs, IReadOnlyList<Instruction> outputs)
    {
        _instructions = instructions;
        _inputs = inputs;
        _outputs = outputs;
        Type[] parameters = [typeof(float**), typeof(nint)];
        _method = new DynamicMethod("ElementwiseLoop", typeof(void), parameters, typeof(LoopCompiler).Module, skipVisibility: true);
        _code = _method.GetILGenerator();
        _places = [.. Enumerable.Range(0, inputs.Count + outputs.Count).Select(_ => _code.DeclareLocal(typeof(float*)))];
        _pixel = _code.DeclareLocal(typeof(nint));
    }

    internal ElementwiseLoop.Body Compile()
    {
        LoadPlaces();
        _code.Emit(OpCodes.Ldc_I4_0);
        _code.Emit(OpCodes.Conv_I);
        _code.Emit(OpCodes.Stloc, _pixel);
        LocalBuilder[] sums = [.. _outputs.Select(_ => _code.DeclareLocal(typeof(float)))];
        Loop(Lanes.Widest, sums);
        Loop(Lanes.One, sums);
        StoreSums(sums);
        _code.Emit(OpCodes.Ret);
        return _method.CreateDelegate<ElementwiseLoop.Body>();
    }

    private void LoadPlaces()
    {
        for (int i = 0; i < _places.Length; i++)
        {
            _code.Emit(OpCodes.Ldarg_0);
            _code.Emit(OpCodes.Ldc_I4, i * sizeof(float*));
            _code.Emit(OpCodes.Add);
            _code.Emit(OpCodes.Ldind_I);
            _code.Emit(OpCodes.Stloc, _places[i]);
        }
    }

    /// <summary>The loop as long as pixels fill the lanes; sums over pixels are added to <paramref name="sums"/>.</summary>
    private void Loop(Lanes lanes, LocalBuilder[] sums)
    {
        Dictionary<Operand, LocalBuilder> inputs = _inputs.ToDictionary(i => i, _ => _code.DeclareLocal(lanes.Type));
        LocalBuilder[] laneSums = [.. _outputs.Select(_ => _code.DeclareLocal(lanes.SumType))];
        LoadForAll(lanes, inputs);
        Label next = _code.DefineLabel(), condition = _code.DefineLabel();
        _code.Emit(OpCodes.Br, condition);
        _code.MarkLabel(next);
        Body(lanes, inputs, laneSums);
        Advance(lanes);
        _code.MarkLabel(condition);
        _code.Emit(OpCodes.Ldloc, _pixel);
        _code.Emit(OpCodes.Ldarg_1);
        _code.Emit(OpCodes.Ldc_I4, lanes.Bytes);
        _code.Emit(OpCodes.Sub);
        _code.Emit(OpCodes.Ble, next);
        foreach (int output in SumsOverPixels())
        {
            _code.Emit(OpCodes.Ldloc, sums[output]);
            _code.Emit(OpCodes.Ldloc, laneSums[output]);
            Call(lanes, "Sum");
            _code.Emit(OpCodes.Add);
            _code.Emit(OpCodes.Stloc, sums[output]);
        }
    }

    private IEnumerable<int> SumsOverPixels() => Enumerable.Range(0, _outputs.Count).Where(i => _outputs[i].AddsRows);

    /// <summary>What is one value for all pixels is loaded before the loop.</summary>
    private void LoadForAll(Lanes lanes, Dictionary<Operand, LocalBuilder> inputs)
    {
        foreach ((int i, Operand input) in _inputs.Index().Where(p => !p.Item.IsOfPixels))
        {
            _code.Emit(OpCodes.Ldloc, _places[i]);
            _code.Emit(OpCodes.Ldind_R4);
            Call(lanes, "All");
            _code.Emit(OpCodes.Stloc, inputs[input]);
        }
    }

    private void Body(Lanes lanes, Dictionary<Operand, LocalBuilder> inputs, LocalBuilder[] laneSums)
    {
        foreach ((int i, Operand input) in _inputs.Index().Where(p => p.Item.IsOfPixels))
        {
            Place(i);
            Call(lanes, "Load");
            _code.Emit(OpCodes.Stloc, inputs[input]);
        }

        Dictionary<int, LocalBuilder> results = [];
        int output = 0;
        foreach ((int i, Instruction instruction) in _instructions.Index())
        {
            LocalBuilder a = Value(instruction.A);
            results[i] = a;
            if (!instruction.IsSum)
            {
                results[i] = _code.DeclareLocal(lanes.Type);
                Compute(lanes, instruction, a, instruction.B is { } b ? Value(b) : null);
                _code.Emit(OpCodes.Stloc, results[i]);
            }

            if (instruction.Output >= 0)
            {
                Store(lanes, instruction, results[i], _inputs.Count + output, laneSums[output]);
                output++;
            }
        }

        LocalBuilder Value(Operand operand) => operand.IsInput ? inputs[operand] : results[operand.Index];
    }

    private void Compute(Lanes lanes, Instruction instruction, LocalBuilder a, LocalBuilder? b)
    {
        switch (instruction.Operation)
        {
            case ElementwiseOperation.Reciprocal:
                All(lanes, 1);
                _code.Emit(OpCodes.Ldloc, a);
                Call(lanes, "Divide");
                break;
            case ElementwiseOperation.Relu:
                _code.Emit(OpCodes.Ldloc, a);
                With(lanes, "AtLeast", 0);
                break;
            case ElementwiseOperation.LeakyRelu:
                _code.Emit(OpCodes.Ldloc, a);
                With(lanes, "Multiply", instruction.Alpha);
                _code.Emit(OpCodes.Ldloc, a);
                Call(lanes, "AtLeast");
                break;
            case ElementwiseOperation.Clip:
                _code.Emit(OpCodes.Ldloc, a);
                With(lanes, "AtLeast", instruction.Alpha);
                With(lanes, "AtMost", instruction.Beta);
                break;
            case ElementwiseOperation.HardSigmoid:
                _code.Emit(OpCodes.Ldloc, a);
                With(lanes, "Multiply", instruction.Alpha);
                With(lanes, "Add", instruction.Beta);
                With(lanes, "AtLeast", 0);
                With(lanes, "AtMost", 1);
                break;
            default:
                // The others are operations of lanes, by the same name.
                _code.Emit(OpCodes.Ldloc, a);
                if (b is not null)
                {
                    _code.Emit(OpCodes.Ldloc, b);
                }

                Call(lanes, instruction.Operation.ToString());
                break;
        }
    }

    private void Store(Lanes lanes, Instruction instruction, LocalBuilder value, int place, LocalBuilder sum)
    {
        if (instruction.AddsRows)
        {
            _code.Emit(OpCodes.Ldloc, sum);
            _code.Emit(OpCodes.Ldloc, value);
            Call(lanes, "AddTo");
            _code.Emit(OpCodes.Stloc, sum);
            return;
        }

        _code.Emit(OpCodes.Ldloc, value);
        if (instruction.IsSum)
        {
            Place(place);
            Call(lanes, "Load");
            Call(lanes, "Add");
        }

        Place(place);
        Call(lanes, "Store");
    }

    private void StoreSums(LocalBuilder[] sums)
    {
        foreach (int output in SumsOverPixels())
        {
            _code.Emit(OpCodes.Ldloc, _places[_inputs.Count + output]);
            _code.Emit(OpCodes.Ldloc, sums[output]);
            _code.Emit(OpCodes.Stind_R4);
        }
    }

    private void Advance(Lanes lanes)
    {
        _code.Emit(OpCodes.Ldloc, _pixel);
        _code.Emit(OpCodes.Ldc_I4, lanes.Bytes);
        _code.Emit(OpCodes.Add);
        _code.Emit(OpCodes.Stloc, _pixel);
    }

    private void Place(int place)
    {
        _code.Emit(OpCodes.Ldloc, _places[place]);
        _code.Emit(OpCodes.Ldloc, _pixel);
        _code.Emit(OpCodes.Add);
    }

    private void With(Lanes lanes, string operation, float number)
    {
        All(lanes, number);
        Call(lanes, operation);
    }

    private void All(Lanes lanes, float number)
    {
        _code.Emit(OpCodes.Ldc_R4, number);
        Call(lanes, "All");
    }

    private void Call(Lanes lanes, string operation) => _code.Emit(OpCodes.Call, lanes.Method(operation));
}
