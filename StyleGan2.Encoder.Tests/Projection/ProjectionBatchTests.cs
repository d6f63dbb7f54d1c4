using Dnnlib.TfLib;
using NumSharp;
using StyleGan2.Encoder.Perceptual;
using StyleGan2.Encoder.Projection;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Graphs;
using TensorGraph.Numpy;
using TensorGraph.Runtime;
using Training.Networks;

namespace StyleGan2.Encoder.Tests.Projection;

/// <summary>Pictures whose steps are taken together come to what each comes to alone.</summary>
public sealed class ProjectionBatchTests : IDisposable
{
    private const int Steps = 12, ReadsOfResults = 2;

    private static readonly NDArray[] s_targets = [.. Enumerable.Range(0, 3).Select(Target)];

    private readonly List<IDisposable> _opened = [];

    public void Dispose() => _opened.ForEach(o => o.Dispose());

    /// <summary>With LPIPS few steps are compared: where two values of VGG16 are all but equal, rounding decides which way ReLU goes.
    /// </summary>
    [Theory]
    [InlineData(Steps, null)]
    [InlineData(3, "lpips.pkl")]
    public void Three_pictures_of_a_batch_are_those_of_single_runs(int steps, string? lpips)
    {
        Result[] single = Project(Open(1, steps, lpips), [0, 1, 2]);
        Result[] batch = Project(Open(3, steps, lpips), [0, 1, 2]);
        foreach ((Result one, Result other) in single.Zip(batch))
        {
            AssertAlike(one, other);
        }
    }

    [Fact]
    public void A_batch_that_is_not_full_and_other_places_give_the_same_pictures()
    {
        Result[] single = Project(Open(1), [0, 1, 2]);
        Result[] batch = Project(Open(2), [2, 0, 1]);
        AssertAlike(single[2], batch[0]);
        AssertAlike(single[0], batch[1]);
        AssertAlike(single[1], batch[2]);
    }

    [Fact]
    public void Each_picture_draws_the_noise_of_a_single_run_to_the_bit()
    {
        Projector single = Open(1)[0], second = Open(3)[1];
        foreach (Projector projector in (Projector[])[single, second])
        {
            projector.SeekRandom(5, ReadsOfResults);
            projector.Start(s_targets[0]);
        }

        Assert.Equal(
            single.GetNoises().Select(n => n.Values<float>()), second.GetNoises().Select(n => n.Values<float>()));
        Assert.Equal(single.GetState().Optimizer.Select(o => o.shape), second.GetState().Optimizer.Select(o => o.shape));
    }

    [Fact]
    public void A_picture_whose_distance_is_not_finite_leaves_the_others_alone()
    {
        Result[] whole = Project(Open(3), [0, 1, 2]);
        Projector[] batch = Open(3);
        Result[] found = Project(batch, [0, 1, 2], bad: 1);
        AssertAlike(whole[0], found[0]);
        AssertAlike(whole[2], found[2]);
        Assert.IsType<NotFiniteNumberException>(found[1].Error);

        // Its place is as good as new for the next picture.
        AssertAlike(whole[1], Project(batch, [1])[0]);
    }

    [Fact]
    public void A_state_goes_on_in_a_batch_of_another_size()
    {
        Result whole = Project(Open(1), [0])[0];
        Projector begun = Open(1)[0], other = Open(3)[2];
        begun.SeekRandom(0, ReadsOfResults);
        begun.Start(s_targets[0]);
        for (int step = 0; step < Steps / 2; step++)
        {
            begun.Step();
        }

        other.SeekRandom(0, ReadsOfResults);
        other.Start(s_targets[0]);
        other.Restore(begun.GetState());
        float distance = 0;
        other.TakeSteps(step => distance = step.Distance, CancellationToken.None);
        AssertAlike(whole, new Result(distance, other.GetDlatents(), other.GetNoises(), null));
    }

    private static NDArray Target(int number)
    {
        double[] values = new RandomState((uint)number + 1).Randn(1, 3, 32, 32).Values<double>();
        return Array.ConvertAll(values, v => (float)(v * 0.3)).ToNDArray(1, 3, 32, 32);
    }

    private Projector[] Open(int places, int steps = Steps, string? lpips = null)
    {
        Graph graph = new() { Seed = 77 };
        Session session = new(graph);
        _opened.AddRange([session, graph]);
        Network network = new(session, NetworkFile.Load(Golden.Path("projector", "r32", "network.pkl")).Gs);
        ProjectorOptions options = new() { NumSteps = steps, DlatentAvgSamples = 100, InitialNoiseFactor = 0.5 };
        ImageDistance distance = ImageDistance.FromFile(lpips is null ? null : Golden.Path("lpips", lpips));
        ProjectionBatch batch = new(network, distance, options, null, places);
        return [.. Enumerable.Range(0, places).Select(place => new Projector(batch, place))];
    }

    /// <summary>Projects pictures, each with the random numbers of its position.</summary>
    private static Result[] Project(Projector[] projectors, int[] positions, int? bad = null)
    {
        Result[] results = new Result[positions.Length];
        new ProjectionJobs(projectors).ForEach(
            positions.Index(),
            (picture, projector, stop) =>
            {
                using IDisposable part = projector.TakePart();
                projector.SeekRandom(picture.Item, ReadsOfResults);
                projector.Start(picture.Item == bad ? s_targets[0] * float.NaN : s_targets[picture.Item]);
                results[picture.Index] = Found(projector, stop);
            },
            CancellationToken.None);
        return results;
    }

    private static Result Found(Projector projector, CancellationToken stop)
    {
        try
        {
            float distance = 0;
            projector.TakeSteps(step => distance = step.Distance, stop);
            return new Result(distance, projector.GetDlatents(), projector.GetNoises(), null);
        }
        catch (NotFiniteNumberException error)
        {
            return new Result(float.NaN, np.zeros(1), [], error);
        }
    }

    private static void AssertAlike(Result expected, Result actual)
    {
        Assert.Null(actual.Error);
        Assert.InRange(actual.Distance / expected.Distance, 1 - 1e-4, 1 + 1e-4);
        Golden.AssertWithin(1e-3, expected.Dlatents, actual.Dlatents, "dlatents");
        foreach ((NDArray noise, NDArray other) in expected.Noises.Zip(actual.Noises))
        {
            Golden.AssertWithin(1e-3, noise, other, "noise");
        }
    }

    private sealed record Result(float Distance, NDArray Dlatents, NDArray[] Noises, Exception? Error);
}
