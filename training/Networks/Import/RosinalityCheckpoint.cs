using System.Diagnostics;
using Dnnlib;
using Dnnlib.Pickle;
using Dnnlib.TfLib;
using Dnnlib.Torch;
using NumSharp;
using TensorGraph.Graphs;
using TensorGraph.Numpy;
using TensorGraph.Runtime;

namespace Training.Networks.Import;

/// <summary>
/// Reads checkpoints of rosinality's stylegan2-pytorch, which pSp, e4e, StyleGAN-NADA and others use: the reference's networks under other
/// names.
/// </summary>
internal static class RosinalityCheckpoint
{
    private const int AverageSeed = 123;
    private const int AverageSamples = 10000;

    /// <summary>Whether a dictionary has the tensors of such a generator.</summary>
    internal static bool IsGenerator(PickleDict dict, string prefix = "") =>
        dict.TryGetValue($"{prefix}input.input", out _) && dict.TryGetValue($"{prefix}to_rgb1.bias", out _);

    /// <summary>The generator in a <c>state_dict()</c>.</summary>
    /// <param name="dict">Its tensors.</param>
    /// <param name="average">The mean of W, [size] or repeated; null where the file has none, and it is computed.</param>
    /// <param name="name">The network's name, such as <c>Gs</c>.</param>
    /// <exception cref="FormatException">It is no such generator.</exception>
    /// <exception cref="InvalidDataException">A tensor in it is damaged.</exception>
    internal static NetworkState ReadGenerator(TorchStateDict dict, TorchTensor? average, string name)
    {
        int log2 = dict.Count(i => $"to_rgbs.{i}.bias") + 2, layers = dict.Count(i => $"style.{i}.weight", first: 1);
        long size = dict.Shape("conv1.conv.modulation.weight", 2)[1];
        IEnumerable<long> blocks = Enumerable.Range(0, log2 - 2).Select(i => dict.Shape($"convs.{(2 * i) + 1}.conv.weight", 5)[1]);
        long[] fmaps = [dict.Shape("input.input", 4)[1], .. blocks];
        EasyDict kwargs = Settings(fmaps, dict, "convs.0.conv.blur.kernel");
        kwargs["num_channels"] = dict.Shape("to_rgb1.bias", 4)[1];
        kwargs["resolution"] = 1L << log2;
        kwargs["latent_size"] = kwargs["dlatent_size"] = kwargs["mapping_fmaps"] = size;
        kwargs["mapping_layers"] = (long)layers;
        kwargs["architecture"] = "skip";

        ILookup<string, (string Name, NDArray Value)> variables = RosinalityTensor.OfGenerator(log2, layers)
            .Concat(RosinalityTensor.OfNoise(log2).Where(n => dict.Has(n.Name)))
            .ToLookup(
                t => t.Variable.Split('/')[0],
                t => (t.Variable[(t.Variable.IndexOf('/', StringComparison.Ordinal) + 1)..], Variable(dict, t)));
        NetworkState mapping = State(
            "G_mapping", "G_mapping", new EasyDict(kwargs) { ["dlatent_broadcast"] = (2L * log2) - 2 }, variables["G_mapping"]);
        NDArray mean = average is null ? ComputedAverage(mapping, (int)size) : Average(average, size);
        return State(name, "G_main", kwargs, [("lod", NDArray.Scalar(0f)), ("dlatent_avg", mean)]) with
        {
            Components = new OrderedDictionary<string, NetworkState>
            {
                ["synthesis"] = State("G_synthesis", "G_synthesis_stylegan2", kwargs, variables["G_synthesis"]),
                ["mapping"] = mapping,
            },
        };
    }

    /// <summary>The discriminator in a <c>state_dict()</c>.</summary>
    /// <inheritdoc cref="ReadGenerator"/>
    internal static NetworkState ReadDiscriminator(TorchStateDict dict, string name)
    {
        int log2 = dict.Count(i => $"convs.{i}.conv1.0.weight", first: 1) + 2;
        IEnumerable<long> blocks = Enumerable.Range(1, log2 - 2).Reverse().Select(i => dict.Shape($"convs.{i}.conv2.1.weight", 4)[0]);
        long[] fmaps = [.. blocks, dict.Shape("convs.0.0.weight", 4)[0]];
        EasyDict kwargs = Settings(fmaps, dict, "convs.1.skip.0.kernel");
        kwargs["num_channels"] = dict.Shape("convs.0.0.weight", 4)[1];
        kwargs["resolution"] = 1L << log2;
        kwargs["architecture"] = "resnet";
        return State(name, "D_stylegan2", kwargs, RosinalityTensor.OfDiscriminator(log2).Select(t => (t.Variable, Variable(dict, t))));
    }

    private static NetworkState State(
        string name, string function, EasyDict kwargs, IEnumerable<(string Name, NDArray Value)> variables) =>
        TorchNetworks.State(isAda: false, name, function, kwargs, [.. variables.Select(v => (v.Name, v.Value.Contiguous()))]);

    private static NDArray Variable(TorchStateDict dict, RosinalityTensor tensor) =>
        tensor.Layout.ToVariable(dict.Tensor(tensor.Name, tensor.Layout.Rank));

    /// <summary>The settings that both kinds of networks have.</summary>
    /// <param name="fmaps">Feature maps of the blocks, from 4x4 on.</param>
    /// <param name="dict">The tensors.</param>
    /// <param name="kernel">The name of a resampling filter, which a network of 4x4 pixels does not have.</param>
    private static EasyDict Settings(long[] fmaps, TorchStateDict dict, string kernel)
    {
        long most = fmaps.Max(), all = fmaps[^1] << fmaps.Length;
        if (fmaps.Where((n, i) => n != Math.Min(all >> (i + 1), most)).Any())
        {
            throw new FormatException(
                $"its blocks have {string.Join(", ", fmaps)} feature maps; from block to block they must stay at the most or be halved");
        }

        EasyDict kwargs = new() { ["label_size"] = 0L, ["fmap_base"] = all, ["fmap_max"] = most };
        if (dict.Has(kernel))
        {
            kwargs["resample_kernel"] = TorchResampling.Kernel(dict.Tensor(kernel, 2));
        }

        return kwargs;
    }

    /// <summary>The mean of W in a file: of that size, or repeated for every layer.</summary>
    private static NDArray Average(TorchTensor tensor, long size)
    {
        NDArray average = tensor.ToNDArray().astype(typeof(float));
        return average.size >= size && average.size % size == 0
            ? average.reshape(new Shape(average.size / size, size))["0"].Contiguous()
            : throw new FormatException($"latent_avg has {average.size} values where W has {size}");
    }

    private static NDArray ComputedAverage(NetworkState mapping, int size)
    {
        Trace.TraceWarning($"a file has no latent_avg; the mean of W was computed from {AverageSamples} samples");
        using Graph graph = new();
        using Session session = new(graph);
        NetworkState single = mapping with { StaticKwargs = new EasyDict(mapping.StaticKwargs) { ["dlatent_broadcast"] = null } };
        NDArray w = new Network(session, single).Run([new RandomState(AverageSeed).Randn(AverageSamples, size), null])[0];
        return w.astype(typeof(double)).reshape(new Shape(AverageSamples, size)).mean(0).astype(typeof(float));
    }
}
