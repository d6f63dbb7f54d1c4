using Dnnlib;
using Dnnlib.TfLib;
using NumSharp;
using StyleGan2.Encoder.Networks;
using StyleGan2.Encoder.Perceptual;
using TensorGraph.Graphs;
using static TensorGraph.Binding;

namespace StyleGan2.Encoder.Projection;

/// <summary>
/// The graph of a projection: dlatents and noise through synthesis and distance to the loss, its gradients, the optimizer, and the noise
/// normaliser.
/// </summary>
internal sealed class ProjectionGraph
{
    private const int LargestMeasuredSide = 256;

    private readonly ImageDistance _distance;

    internal ProjectionGraph(Network network, NDArray dlatentAverage, ImageDistance distance, ProjectorOptions options)
    {
        using NameScope scope = tf.name_scope("Projector");
        _distance = distance;
        Noises = MakeNoises(network, options.OpSeeds);
        int[] shape = [.. dlatentAverage.shape.Select(d => (int)d)];
        DlatentsVariable = tf.Variable(tf.zeros(shape), name: "dlatents_var");
        NewDlatents = tf.placeholder(tf.float32, shape, "new_dlatents");
        NoiseIn = tf.placeholder(tf.float32, [], "noise_in");
        LearningRateIn = tf.placeholder(tf.float32, [], "lrate_in");
        DlatentsNoise = Normals(shape, options.OpSeeds?.DlatentsNoise, "dlatents_noise");
        Dlatents = DlatentsVariable + (DlatentsNoise * NoiseIn);
        Tensor[] noises = [.. Noises.Select(n => n.Value)];
        Images = network.Components["synthesis"].GetOutputFor([Dlatents], new EasyDict { ["noises_in"] = noises })[0];

        TargetIn = tf.placeholder(tf.float32, Images.Shape, "target_images");
        ProcessedTarget = Measured(TargetIn);
        Tensor[] targetFeatures = [.. distance.Features(ProcessedTarget)];
        Variable[] target = [.. targetFeatures.Select((f, i) => tf.Variable(tf.zeros(f.Shape), trainable: false, $"target_features{i}"))];
        Tensor measured = Measured(Images);
        Distance = distance.Between(distance.Features(measured), [.. target.Select(t => t.Value)]);
        Loss = tf.reduce_sum(Distance) + (NoiseMaps.Correlation(noises) * options.RegularizeNoiseWeight);

        Optimizer = new Optimizer(LearningRateIn, new OptimizerOptions { Beta1 = options.AdamBeta1, Beta2 = options.AdamBeta2 });
        Optimizer.RegisterGradients(Loss, [DlatentsVariable, .. Noises]);
        Step = NormalizeNoisesAfter(Optimizer.ApplyUpdates());
        Start = tf.group(
        [
            tf.assign(DlatentsVariable, NewDlatents).Operation,
            .. Noises.Select(n => n.Initializer),
            .. target.Zip(targetFeatures, (variable, value) => tf.assign(variable, value).Operation),
        ]);
    }

    /// <summary>The noise maps of the picture being projected, which are optimised; the network's own stay as they are.</summary>
    internal Variable[] Noises { get; }

    /// <summary>The dlatents that are optimised, float32 [1, layers, size].</summary>
    internal Variable DlatentsVariable { get; }

    /// <summary>The dlatents to start from, a placeholder.</summary>
    internal Tensor NewDlatents { get; }

    /// <summary>The normals added to dlatents, drawn in each run.</summary>
    internal Tensor DlatentsNoise { get; }

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

    /// <summary>Noise maps like the network's, initialised with normals.</summary>
    private static Variable[] MakeNoises(Network network, OpSeeds? seeds)
    {
        Variable[] own = NoiseVariables.Of(network);
        if (seeds is not null && seeds.NoiseInit.Count != own.Length)
        {
            throw new InvalidDataException($"the op seeds are for {seeds.NoiseInit.Count} noise maps; the network has {own.Length}");
        }

        return [.. own.Select((noise, i) => tf.Variable(Normals(noise.Shape, seeds?.NoiseInit[i]), name: $"noise{i}"))];
    }

    private static Tensor Normals(TensorShape shape, (long Seed, long Seed2)? seeds, string? name = null) =>
        seeds is { } both
            ? tf.raw_ops.RandomStandardNormal(shape, tf.float32, both.Seed, both.Seed2, name)
            : tf.random_normal(shape, name: name);

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
        int side = Math.Min(images.Shape[2], images.Shape[3]);
        if (side < _distance.MinimumSize)
        {
            throw new NotSupportedException(
                $"the network's pictures have {side} pixels a side; {_distance.Description} needs at least {_distance.MinimumSize}");
        }

        int[] block = [1, 1, side / LargestMeasuredSide, side / LargestMeasuredSide];
        return side > LargestMeasuredSide ? tf.nn.avg_pool(scaled, block, block, "VALID", "NCHW") : scaled;
    }
}
