using System.Diagnostics;
using Dnnlib;
using Dnnlib.TfLib;
using Dnnlib.Torch;
using NumSharp;
using TensorGraph.Numpy;
using Training.Networks.Layers;

namespace Training.Networks.Import;

/// <summary>
/// Writes generators as checkpoints of rosinality's stylegan2-pytorch: <c>g_ema</c> and <c>latent_avg</c>, as its own converter does.
/// </summary>
internal static class RosinalityWriter
{
    private const int Taps = 4;
    private const double MappingLrmul = 0.01;
    private const string Lrelu = "lrelu";

    /// <summary>Writes a generator; the file appears whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="generator">A generator of StyleGAN2, mostly Gs.</param>
    /// <exception cref="NotSupportedException">That program has no such generator; the message says what it has not.</exception>
    /// <exception cref="InvalidDataException">A setting has a value that it may not have.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    internal static void Save(string path, NetworkState generator)
    {
        float[] taps;
        try
        {
            taps = Check(generator);
        }
        catch (FormatException e)
        {
            throw new InvalidDataException($"{generator.File}: network {generator.Name}: {e.Message}", e);
        }

        EasyDict kwargs = generator.StaticKwargs;
        int log2 = int.Log2(Settings.Resolution.Of(kwargs, 1024));
        Dictionary<string, NDArray> variables = generator.Variables.Concat(
            generator.Components.Values.SelectMany(c => c.Variables.Select(v => ($"{c.Name}/{v.Name}", v.Value)))).ToDictionary();
        IEnumerable<RosinalityTensor> tensors = RosinalityTensor.OfGenerator(log2, Settings.MappingLayers.Of(kwargs, 8));
        List<(string, NDArray)> dict = [.. tensors.Concat(RosinalityTensor.OfNoise(log2)).Select(Tensor)];
        NDArray kernel = FilterKernel.FromTaps(taps, gain: 4).ForChannels(1, flipped: false).reshape(new Shape(Taps, Taps));
        for (int i = 0; i < log2 - 2; i++)
        {
            dict.Add(($"convs.{2 * i}.conv.blur.kernel", kernel));
            dict.Add(($"to_rgbs.{i}.upsample.kernel", kernel));
        }

        TorchWriter.Save(path, [("g_ema", dict), ("latent_avg", Find("dlatent_avg"))]);

        (string, NDArray) Tensor(RosinalityTensor tensor) => (
            tensor.Name, tensor.Layout.ToTensor(Find(tensor.Variable)).Contiguous());

        NDArray Find(string name) => variables.TryGetValue(name, out NDArray? value)
            ? value.ContiguousAs(typeof(float))
            : throw new NotSupportedException(
                $"{generator.File}: network {generator.Name}: it has no variable {name}, which rosinality's StyleGAN2 needs");
    }

    /// <summary>Refuses what that program does not have.</summary>
    /// <returns>The taps of the resampling filter.</returns>
    private static float[] Check(NetworkState generator)
    {
        EasyDict kwargs = generator.StaticKwargs;
        float[] taps = Settings.ResampleKernel.Of(kwargs, [1, 3, 3, 1]) ?? [];
        int size = Settings.DlatentSize.Of(kwargs, 512), resolution = Settings.Resolution.Of(kwargs, 1024);
        bool isLrelu = Settings.Nonlinearity.Of(kwargs, Lrelu) == Lrelu && Settings.MappingNonlinearity.Of(kwargs, Lrelu) == Lrelu;
        bool isEven = Settings.LatentSize.Of(kwargs, 512) == size && (Settings.MappingFmaps.Of(kwargs, size) ?? size) == size;
        (bool Has, string What)[] checks =
        [
            (IsStyleGan2(generator), "a network that is not StyleGAN2's generator"),
            (ImageSizes.Of(kwargs, 1024) == new ImageSizes(4, 4, int.Log2(resolution)), "images that are not square"),
            (Settings.NumChannels.Of(kwargs, 3) == 3, "images that are not RGB"),
            (Settings.LabelSize.Of(kwargs, 0) == 0, "labels"),
            (Settings.Architecture.Of(kwargs, "skip") == "skip", "another architecture than skip"),
            (isLrelu, "another activation than lrelu"),
            (Settings.MappingLrmul.Of(kwargs, MappingLrmul) == MappingLrmul, $"a mapping_lrmul other than {MappingLrmul}"),
            (isEven, "a mapping whose layers differ in width"),
            (Settings.NormalizeLatents.Of(kwargs, true), "latents that are not normalised"),
            (taps.Length == Taps, $"a resample_kernel that does not have {Taps} taps"),
            (Settings.FmapConst.Of(kwargs, null) is null, "an fmap_const"),
            (Settings.UseNoise.Of(kwargs, true), "a synthesis without noise"),
        ];
        if (checks.FirstOrDefault(c => !c.Has) is { What: { } what })
        {
            throw new NotSupportedException(
                $"{generator.File}: network {generator.Name}: rosinality's StyleGAN2 cannot have {what}; write .pkl or .npz instead");
        }

        if (Settings.ConvClamp.Of(kwargs, null) is { } limit)
        {
            Trace.TraceWarning(
                $"{generator.File}: network {generator.Name}: its conv_clamp of {limit} is left out, as rosinality's StyleGAN2 has none; "
                + "images differ where features are larger");
        }

        return taps;
    }

    private static bool IsStyleGan2(NetworkState generator) =>
        (NameOf(generator), NameOf(generator.Components.GetValueOrDefault("synthesis"))) is (
            "G_main", "G_synthesis_stylegan2" or "G_synthesis");

    private static string? NameOf(NetworkState? network) => network?.BuildFuncName.Split('.')[^1];
}
