using System.Text.Json;
using Dnnlib;
using Dnnlib.TfLib;
using NumSharp;
using NumSharp.IO;
using StyleGan2.Encoder.Perceptual;
using StyleGan2.Encoder.Projection;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Graphs;
using TensorGraph.Numpy;
using TensorGraph.Runtime;

namespace StyleGan2.Encoder.Tests.Full;

public sealed class FullSizeTests
{
    private static readonly JsonElement s_scatter = Golden.Json("full", "reference_scatter.json");

    [Fact]
    public void Config_f_at_256_pixels_and_full_width_is_the_references() => AssertProjection(256);

    [Fact]
    [Trait("Category", "Slow")]
    public void Config_f_at_1024_pixels_and_full_width_is_the_references() => AssertProjection(1024);

    private static void AssertProjection(int resolution)
    {
        FullSizeModel model = new(resolution);
        using NpzFile golden = Golden.Npz("full", $"{resolution}", "expect.npz");
        using Graph graph = new();
        using Session session = new(graph);
        Network network = new(session, model.Generator);

        EasyDict fixedNoise = new() { ["randomize_noise"] = false, ["truncation_psi"] = 0.7, ["return_dlatents"] = false };
        AssertScatter("dlatents", golden["dlatents"], network.Components["mapping"].Run([golden["latents"], null])[0]);
        NDArray images = network.Run([golden["latents"], null], null, fixedNoise)[0];
        AssertScatter("images_psi0.7_every8", golden["images_psi0.7_every8"], EveryEighth(images));

        ProjectorOptions options = new() { NumSteps = model.NumSteps, InitialNoiseFactor = model.InitialNoiseFactor };
        Projector projector = new(network, new LpipsDistance(model.Lpips, "full"), options);
        AssertScatter("dlatent_avg", golden["dlatent_avg"], projector.Statistics.Average);
        projector.Start(model.Target);
        for (int i = 0; i < projector.Graph.Noises.Length; i++)
        {
            session.Load(projector.Graph.Noises[i], model.Normal(9100 + i, [.. projector.Graph.Noises[i].Shape]));
        }

        Tensor normals = projector.Graph.DlatentsNoise;
        List<float> distances = [], losses = [];
        for (int step = 0; step < model.Steps; step++)
        {
            ProjectionStep taken = projector.Step(new FeedDict { [normals] = model.Normal(9200 + step, [.. normals.Shape]) });
            distances.Add(taken.Distance);
            losses.Add(taken.Loss);
        }

        AssertScatter("dist", golden["dist"], np.array(distances.ToArray()));
        AssertScatter("loss", golden["loss"], np.array(losses.ToArray()));
        AssertScatter("final_dlatents", golden["final_dlatents"], projector.GetDlatents());
        AssertScatter("final_images_every8", golden["final_images_every8"], EveryEighth(projector.GetImages()));
        NDArray[] noises = projector.GetNoises();
        for (int i = 0; i < noises.Length; i++)
        {
            AssertScatter("final_noise_corners", golden[$"final_noise{i}_corner"], noises[i][":, :, :4, :4"].Contiguous());
        }
    }

    /// <summary>Within ten times how far the reference scatters from itself; where it does not, within 1e-6.</summary>
    private static void AssertScatter(string name, NDArray expected, NDArray actual)
    {
        double scatter = s_scatter.GetProperty(name).GetDouble();
        Golden.AssertWithin(scatter == 0 ? 1e-6 : 10 * scatter, expected, actual, name);
    }

    private static NDArray EveryEighth(NDArray images) => images[":, :, ::8, ::8"].Contiguous();
}
