using Dnnlib;
using Dnnlib.TfLib;
using NumSharp;
using StyleGan2.Encoder.Networks;
using StyleGan2.Encoder.Perceptual;
using TensorGraph.Graphs;
using TensorGraph.Operations;
using static TensorGraph.Binding;

namespace StyleGan2.Encoder.Projection;

/// <summary>
/// The graph of projections: dlatents and noise through synthesis and distance to the loss, its gradients, the optimizer, and the noise
/// normaliser. It has places for one or more pictures, the samples along the first axis of all values.
/// </summary>
/// <remarks>
/// The random operations of a graph have the same seeds however many places there are, as the same number of operations is made before
/// them.
/// </remarks>
internal sealed class ProjectionGraph
{
    private const int LargestMeasuredSide = 256;

    private readonly ImageDistance _distance;

    internal ProjectionGraph(Network network, NDArray dlatentAverage, ImageDistance distance, ProjectorOptions options, int places)
    {
        using NameScope scope = tf.name_scope("Projector");
        _distance = distance;
        Noises = MakeNoises(network, options.OpSeeds, places);
        int[] shape = [.. dlatentAverage.shape.Select(d => (int)d)], all = [places, .. shape[1..]];
        DlatentsVariable = tf.Variable(tf.zeros(all), name: "dlatents_var");
        NewDlatents = tf.placeholder(tf.float32, shape, "new_dlatents");
        NoiseIn = tf.placeholder(tf.float32, [places], "noise_in");
        LearningRateIn = tf.placeholder(tf.float32, [places], "lrate_in");
        DlatentsNoise = Normals(all, options.OpSeeds?.DlatentsNoise, "dlatents_noise");
        StartedIn = tf.placeholder(DataType.Bool, [places], "started_in");
        PlaceIn = tf.placeholder(tf.int64, [1], "place_in");
        Dlatents = DlatentsVariable + (DlatentsNoise * tf.reshape(NoiseIn, [-1, 1, 1]));
        Tensor[] noises = [.. Noises.Select(n => n.Value)];
        Images = Synthesis(network, Dlatents, noises);
        Picture = places == 1
            ? Images
            : Synthesis(network, tf.gather(Dlatents, PlaceIn), [.. noises.Select(n => tf.gather(n, PlaceIn))]);

        TargetIn = tf.placeholder(tf.float32, [1, .. Images.Shape.Skip(1)], "target_images");
        ProcessedTarget = Measured(TargetIn);
        Tensor[] targetFeatures = [.. distance.Features(ProcessedTarget)];
        Variable[] target =
        [
            .. targetFeatures.Select(
                (f, i) => tf.Variable(tf.zeros([places, .. f.Shape.Skip(1)]), trainable: false, $"target_features{i}")),
        ];
        Tensor measured = Measured(Images);
        Distance = distance.Between(distance.Features(measured), [.. target.Select(t => t.Value)]);
        Losses = Distance + (NoiseMaps.Correlation(noises) * options.RegularizeNoiseWeight);
        Loss = tf.reduce_sum(Losses);

        Optimizer = new Optimizer(LearningRateIn, new OptimizerOptions { Beta1 = options.AdamBeta1, Beta2 = options.AdamBeta2 });
        Optimizer.RegisterGradients(Loss, [DlatentsVariable, .. Noises]);
        Step = NormalizeNoisesAfter(Optimizer.ApplyUpdates());
        Start = tf.group(
        [
            Put(NewDlatents, DlatentsVariable),
            .. Noises.Select(n => Put(n.InitialValue, n)),
            .. target.Zip(targetFeatures, (variable, value) => Put(value, variable)),
            Optimizer.ResetSamples(StartedIn),
        ]);
        Variables = [DlatentsVariable, .. Noises, .. target, .. Optimizer.StateVariables];
    }

    /// <summary>The variables of all places.</summary>
    internal IReadOnlyList<Variable> Variables { get; }

    /// <summary>
    /// The noise maps of the pictures being projected, each [places, 1, height, width], which are optimised; the network's own stay as they
    /// are.
    /// </summary>
    internal Variable[] Noises { get; }

    /// <summary>The dlatents that are optimised, float32 [places, layers, size].</summary>
    internal Variable DlatentsVariable { get; }

    /// <summary>The dlatents to start from, a placeholder [1, layers, size].</summary>
    internal Tensor NewDlatents { get; }

    /// <summary>The normals added to dlatents, drawn in each run.</summary>
    internal Tensor DlatentsNoise { get; }

    /// <summary>Which places <see cref="Start"/> begins anew, a placeholder, bool [places].</summary>
    internal Tensor StartedIn { get; }

    /// <summary>The place that <see cref="Picture"/> shows, a placeholder, int64 [1].</summary>
    internal Tensor PlaceIn { get; }

    /// <summary>The strength of the noise added to dlatents, a placeholder [places].</summary>
    internal Tensor NoiseIn { get; }

    /// <summary>Adam's learning rate, a placeholder [places].</summary>
    internal Tensor LearningRateIn { get; }

    /// <summary>The target picture in [-1, 1], a placeholder [1, channels, height, width].</summary>
    internal Tensor TargetIn { get; }

    /// <summary>The target as it is measured: in [0, 255], box-averaged to 256 pixels if larger.</summary>
    internal Tensor ProcessedTarget { get; }

    /// <summary>The dlatents with noise.</summary>
    internal Tensor Dlatents { get; }

    /// <summary>The generated pictures.</summary>
    internal Tensor Images { get; }

    /// <summary>The generated picture of one place.</summary>
    internal Tensor Picture { get; }

    /// <summary>The distances from the targets, [places].</summary>
    internal Tensor Distance { get; }

    /// <summary>What is minimised in each place, [places].</summary>
    internal Tensor Losses { get; }

    /// <summary>The sum of <see cref="Losses"/>, whose gradients for a place are those of the place's own loss.</summary>
    internal Tensor Loss { get; }

    /// <summary>Adam over dlatents and noise maps.</summary>
    internal Optimizer Optimizer { get; }

    /// <summary>In the places that begin anew, sets dlatents and target, draws the noise maps, and resets the optimizer.</summary>
    internal Operation Start { get; }

    /// <summary>One step of the optimizer, then the noise maps' normalisation.</summary>
    internal Operation Step { get; }

    /// <summary>Noise maps like the network's, initialised with normals.</summary>
    private static Variable[] MakeNoises(Network network, OpSeeds? seeds, int places)
    {
        Variable[] own = NoiseVariables.Of(network);
        if (seeds is not null && seeds.NoiseInit.Count != own.Length)
        {
            throw new InvalidDataException($"the op seeds are for {seeds.NoiseInit.Count} noise maps; the network has {own.Length}");
        }

        return
        [
            .. own.Select((noise, i) =>
                tf.Variable(Normals([places, .. noise.Shape.Skip(1)], seeds?.NoiseInit[i]), name: $"noise{i}")),
        ];
    }

    private static Tensor Synthesis(Network network, Tensor dlatents, Tensor[] noises) =>
        network.Components["synthesis"].GetOutputFor([dlatents], new EasyDict { ["noises_in"] = noises })[0];

    /// <summary>Assigns a value to a variable in the places that begin anew.</summary>
    /// <param name="value">Of all places, or one value for any.</param>
    /// <param name="variable">The variable.</param>
    private Operation Put(Tensor value, Variable variable)
    {
        Tensor isStarted = Shapes.OfSamples(StartedIn, variable.Shape.Rank);
        return tf.assign(variable, tf.where_v2(isStarted, value, variable.Value)).Operation;
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
