using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using TensorGraph.Runtime.Kernels.Native;
using TensorGraph.Runtime.Onnx;

namespace TensorGraph.Runtime.Kernels;

/// <summary>Kernels as operators of models: a node names its kernel by a number that is valid while the model is compiled.</summary>
internal static unsafe class KernelOperators
{
    /// <summary>The operators' domain.</summary>
    internal const string Domain = "tensorgraph";

    /// <summary>The operator of 3x3 convolutions.</summary>
    internal const string Winograd = "WinogradConv";

    /// <summary>The operator of transposed convolutions with the filter after them.</summary>
    internal const string Upsampled = "UpsampledConv";

    /// <summary>The operator of convolutions with stride 2 and the filter before them.</summary>
    internal const string Downsampled = "DownsampledConv";

    /// <summary>The operator of fused elementwise operations.</summary>
    internal const string Elementwise = "FusedElementwise";

    private const string Attribute = "kernel";
    private const int Float = 1, Variadic = 2, Minimum = 1, Homogeneous = 1, DefaultMemory = 0;

    private static readonly ConcurrentDictionary<long, Kernel> s_kernels = [];
    private static readonly nint s_domain = MakeDomain(Winograd, Upsampled, Downsampled, Elementwise);
    private static long s_last;

    /// <summary>A node that runs a kernel.</summary>
    /// <param name="operatorName">The kind of kernel, as profiles show it.</param>
    /// <param name="kernel">The kernel.</param>
    internal static NodeProto Node(string operatorName, Kernel kernel)
    {
        long number = Interlocked.Increment(ref s_last);
        s_kernels.TryAdd(number, kernel);
        return new NodeProto
        {
            OpType = operatorName,
            Domain = Domain,
            Attribute = { new AttributeProto { Name = Attribute, Type = AttributeProto.Types.AttributeType.Int, I = number } },
        };
    }

    /// <summary>Makes the operators known to the sessions of some options.</summary>
    internal static void Register(SessionOptions options) => OrtFunctions.AddDomain(options, s_domain);

    /// <summary>Forgets the numbers of a compiled model's kernels; the model holds the kernels themselves.</summary>
    internal static void Forget(ModelProto model)
    {
        foreach (NodeProto node in model.Graph.Node.Where(n => n.Domain == Domain))
        {
            s_kernels.TryRemove(node.Attribute.Single(a => a.Name == Attribute).I, out _);
        }
    }

    private static nint MakeDomain(params ReadOnlySpan<string> operators)
    {
        nint domain = OrtFunctions.CreateDomain(Domain);
        foreach (string name in operators)
        {
            // ONNX Runtime reads the definition as long as the domain lives.
            CustomOperator* definition = (CustomOperator*)NativeMemory.AllocZeroed((nuint)sizeof(CustomOperator));
            Fill(definition, name);
            OrtFunctions.AddOperator(domain, definition);
        }

        MakeKnown(domain);
        return domain;
    }

    /// <summary>
    /// Opens a session with the domain: ONNX Runtime learns it from the first, and fails where two at once are the first.
    /// </summary>
    private static void MakeKnown(nint domain)
    {
        const string Output = "one";
        AttributeProto value = new() { Name = "value_int", Type = AttributeProto.Types.AttributeType.Int, I = 1 };
        GraphProto smallest = new()
        {
            Name = "smallest",
            Node = { new NodeProto { OpType = "Constant", Attribute = { value }, Output = { Output } } },
            Output = { new ValueInfoProto { Name = Output } },
        };
        using SessionOptions options = new();
        OrtFunctions.AddDomain(options, domain);
        using InferenceSession first = new(OnnxModelBuilder.Model(smallest).ToByteArray(), options);
    }

    private static void Fill(CustomOperator* definition, string name)
    {
        definition->Version = OrtFunctions.ApiVersion;
        definition->Name = (byte*)Marshal.StringToCoTaskMemUTF8(name);
        definition->GetName = &NameOf;
        definition->GetExecutionProviderType = &ProviderOf;
        definition->GetInputType = definition->GetOutputType = &TypeOf;
        definition->GetInputTypeCount = definition->GetOutputTypeCount = &CountOf;
        definition->GetInputCharacteristic = definition->GetOutputCharacteristic = &CharacteristicOf;
        definition->GetInputMemoryType = &MemoryOf;
        definition->GetVariadicInputMinArity = definition->GetVariadicOutputMinArity = &MinimumOf;
        definition->GetVariadicInputHomogeneity = definition->GetVariadicOutputHomogeneity = &HomogeneityOf;
        definition->CreateKernelV2 = &Create;
        definition->KernelComputeV2 = &Compute;
        definition->KernelDestroy = &Destroy;
        definition->GetStartVersion = &StartOf;
        definition->GetEndVersion = &EndOf;
    }

    [UnmanagedCallersOnly]
    private static byte* NameOf(CustomOperator* definition) => definition->Name;

    [UnmanagedCallersOnly]
    private static byte* ProviderOf(CustomOperator* definition) => null;

    [UnmanagedCallersOnly]
    private static int TypeOf(CustomOperator* definition, nuint index) => Float;

    [UnmanagedCallersOnly]
    private static nuint CountOf(CustomOperator* definition) => 1;

    [UnmanagedCallersOnly]
    private static int CharacteristicOf(CustomOperator* definition, nuint index) => Variadic;

    [UnmanagedCallersOnly]
    private static int MemoryOf(CustomOperator* definition, nuint index) => DefaultMemory;

    [UnmanagedCallersOnly]
    private static int MinimumOf(CustomOperator* definition) => Minimum;

    [UnmanagedCallersOnly]
    private static int HomogeneityOf(CustomOperator* definition) => Homogeneous;

    [UnmanagedCallersOnly]
    private static int StartOf(CustomOperator* definition) => 1;

    [UnmanagedCallersOnly]
    private static int EndOf(CustomOperator* definition) => int.MaxValue;

    [UnmanagedCallersOnly]
    private static nint Create(CustomOperator* definition, nint api, nint info, nint* handle)
    {
        try
        {
            *handle = GCHandle.ToIntPtr(GCHandle.Alloc(s_kernels[OrtFunctions.AttributeOf(info, Attribute)]));
            return 0;
        }
        catch (Exception e)
        {
            return OrtFunctions.StatusOf(e);
        }
    }

    [UnmanagedCallersOnly]
    private static nint Compute(nint handle, nint context)
    {
        try
        {
            ((Kernel)GCHandle.FromIntPtr(handle).Target!).Compute(new KernelContext(context));
            return 0;
        }
        catch (Exception e)
        {
            return OrtFunctions.StatusOf(e);
        }
    }

    [UnmanagedCallersOnly]
    private static void Destroy(nint handle) => GCHandle.FromIntPtr(handle).Free();
}
