using Dnnlib;
using Dnnlib.TfLib;
using NumSharp;
using StyleGan2.Encoder.Perceptual;
using TensorGraph.Graphs;
using static TensorGraph.Binding;

namespace StyleGan2.Encoder.Projection;

/// <summary>The graph of a projection: dlatents and noise through synthesis and distance to the loss, its gradients, the optimizer, and the noise normaliser.</summary>
internal sealed class ProjectionGraph
{
    private const int LargestMeasuredSide = 256;

    private readonly ImageDistance _distance;

    internal ProjectionGraph(Network network, NDArray dlatentAverage, ImageDistance distance, ProjectorOptions options)
    {
        _distance = distance;
        Noises = [.. NoiseVariables(network)];
        int[] shape = [.. dlatentAverage.shape.Select(d => (int)d)];
        Variable dlatents = tf.Variable(tf.zeros(shape), "dlatents_var");
        NewDlatents = tf.placeholder(tf.float32, shape, "new_dlatents");
        NoiseIn = tf.placeholder(tf.float32, [], "noise_in");
        LearningRateIn = tf.placeholder(tf.float32, [], "lrate_in");
        Dlatents = dlatents + (DlatentsNoise(shape, options.OpSeeds) * NoiseIn);
        Images = network.Components["synthesis"].GetOutputFor([Dlatents], new EasyDict { ["randomize_noise"] = false })[0];

        TargetIn = tf.placeholder(tf.float32, Images.Shape, "target_images");
        ProcessedTarget = Measured(TargetIn);
        Tensor[] targetFeatures = [.. distance.Features(ProcessedTarget)];
        Variable[] target = [.. targetFeatures.Select((f, i) => tf.Variable(tf.zeros(f.Shape), $"target_features{i}", trainable: false))];
        Tensor measured = Measured(Images);
        Distance = distance.Between(distance.Features(measured), [.. target.Select(t => t.Value)]);
        Loss = tf.reduce_sum(Distance) + (NoiseMaps.Correlation([.. Noises.Select(n => n.Value)]) * options.RegularizeNoiseWeight);

        Optimizer = new Optimizer(LearningRateIn);
        Optimizer.RegisterGradients(Loss, [dlatents, .. Noises]);
        Step = NormalizeNoisesAfter(Optimizer.ApplyUpdates());
        Start = tf.group(
        [
            tf.assign(dlatents, NewDlatents).Operation,
            .. InitializeNoises(options.OpSeeds),
            .. target.Zip(targetFeatures, (variable, value) => tf.assign(variable, value).Operation),
        ]);
    }

    /// <summary>The noise maps that are optimised.</summary>
    internal Variable[] Noises { get; }

    /// <summary>The dlatents to start from, a placeholder.</summary>
    internal Tensor NewDlatents { get; }

    /// <summary>The strength of the noise added to dlatents, a placeholder.</summary>
    internal Tensor NoiseIn { get; }

    /// <summary>Adam's learning rate, a placeholder.</summary>
    internal Tensor LearningRateIn { get; }

    /// <summary>The target picture in [-1, 1], a placeholder.</summary>
    internal Tensor TargetIn { get; }

    /// <summary>The target as it is measured: in [0, 255], box-averaged to 256 pixels if larger.</summary>
    internal Tensor ProcessedTarget { get; }

    /// <summary>The dlatents with noise.</summary>
    internal Tensor Dlatents { get; }

    /// <summary>The generated picture.</summary>
    internal Tensor Images { get; }

    /// <summary>The distance from the target, [1].</summary>
    internal Tensor Distance { get; }

    /// <summary>What is minimised, a scalar.</summary>
    internal Tensor Loss { get; }

    /// <summary>Adam over dlatents and noise maps.</summary>
    internal Optimizer Optimizer { get; }

    /// <summary>Sets dlatents and target, draws the noise maps.</summary>
    internal Operation Start { get; }

    /// <summary>One step of the optimizer, then the noise maps' normalisation.</summary>
    internal Operation Step { get; }

    private static IEnumerable<Variable> NoiseVariables(Network network)
    {
        IReadOnlyDictionary<string, Variable> variables = network.Components["synthesis"].Vars;
        for (int i = 0; variables.TryGetValue($"noise{i}", out Variable? noise); i++)
        {
            yield return noise;
        }
    }

    private static Tensor DlatentsNoise(int[] shape, OpSeeds? seeds) =>
        seeds is null ? tf.random_normal(shape, name: "dlatents_noise") : tf.random_normal(shape, seeds.DlatentsNoise, "dlatents_noise");

    private Operation[] InitializeNoises(OpSeeds? seeds)
    {
        if (seeds is not null && seeds.NoiseInit.Count != Noises.Length)
        {
            throw new InvalidDataException($"the op seeds are for {seeds.NoiseInit.Count} noise maps; the network has {Noises.Length}");
        }

        return
        [
            .. Noises.Select((noise, i) =>
                tf.assign(noise, seeds is null ? tf.random_normal(noise.Shape) : tf.random_normal(noise.Shape, seeds.NoiseInit[i])).Operation),
        ];
    }

    private Operation NormalizeNoisesAfter(Operation update)
    {
        using IDisposable after = tf.control_dependencies(update);
        IEnumerable<Tensor> normalized = NoiseMaps.Normalized([.. Noises.Select(n => n.ReadValue())]);
        return tf.group([update, .. Noises.Zip(normalized, (noise, value) => tf.assign(noise, value).Operation)]);
    }

    /// <summary>From [-1, 1] to [0, 255]; pictures above 256 pixels are box-averaged, since VGG16 was made for 224.</summary>
    private Tensor Measured(Tensor images)
    {
        Tensor scaled = (images + 1.0) * (255.0 / 2);
        int side = images.Shape[2];
        if (side < _distance.MinimumSize)
        {
            throw new NotSupportedException($"the network's pictures have {side} pixels a side; {_distance.Description} needs at least {_distance.MinimumSize}");
        }

        return side > LargestMeasuredSide ? tf.nn.avg_pool(scaled, side / LargestMeasuredSide) : scaled;
    }
}
