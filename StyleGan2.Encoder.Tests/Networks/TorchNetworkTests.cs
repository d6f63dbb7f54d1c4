using System.Text;
using System.Text.RegularExpressions;
using Dnnlib;
using Dnnlib.TfLib;
using NumSharp;
using NumSharp.IO;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Graphs;
using TensorGraph.Numpy;
using TensorGraph.Runtime;
using Training.Networks;

namespace StyleGan2.Encoder.Tests.Networks;

/// <summary>Networks of stylegan2-ada-pytorch give here what they give there.</summary>
public sealed class TorchNetworkTests
{
    private const double Bound = 1e-5;

    public static TheoryData<string> Configurations =>
        [.. Directory.GetDirectories(Golden.Path("ada")).Select(d => Path.GetFileName(d)!).Order()];

    [Theory]
    [MemberData(nameof(Configurations))]
    public void The_mapping_gives_PyTorchs_W(string configuration) => InSession(configuration, (session, pickle, golden) =>
    {
        Network gs = new(session, pickle.Gs);
        Golden.AssertWithin(Bound, golden["w"], gs.Components["mapping"].Run([golden["z"], golden["c"]])[0], "w");
        EasyDict truncated = new() { ["truncation_psi"] = 0.6, ["truncation_cutoff"] = 3, ["return_dlatents"] = true };
        Golden.AssertWithin(Bound, golden["w_psi0_6_cutoff3"], gs.Run([golden["z"], golden["c"]], null, truncated)[1], "w_psi0_6_cutoff3");
    });

    [Theory]
    [MemberData(nameof(Configurations))]
    public void The_average_generator_gives_PyTorchs_images(string configuration) => InSession(configuration, (session, pickle, golden) =>
    {
        Network gs = new(session, pickle.Gs);
        Golden.AssertWithin(Bound, golden["images"], Images(gs, golden, 1), "images");
        Golden.AssertWithin(Bound, golden["images_psi0_6"], Images(gs, golden, 0.6), "images_psi0_6");
        foreach (string name in gs.Vars.Keys.Where(n => n.EndsWith("/noise_strength", StringComparison.Ordinal)))
        {
            gs.SetVar(name, NDArray.Scalar(0f));
        }

        Golden.AssertWithin(Bound, golden["images_no_noise"], Images(gs, golden, 1), "images_no_noise");
    });

    [Theory]
    [MemberData(nameof(Configurations))]
    public void The_discriminator_gives_PyTorchs_scores(string configuration) => InSession(configuration, (session, pickle, golden) =>
        Golden.AssertWithin(Bound, golden["D_scores"], new Network(session, pickle.D).Run([golden["images"], golden["c"]])[0], "D_scores"));

    [Fact]
    public void The_limit_of_convolutions_holds_back_what_is_larger() => InSession("ada-resnet", (session, pickle, golden) =>
    {
        Network limited = new Network(session, pickle.Gs).Clone(newStaticKwargs: new EasyDict { ["conv_clamp"] = 0.125 });
        Assert.Equal(0.125, Golden.Largest(Images(limited, golden, 1)));
    });

    [Theory]
    [InlineData("Discriminator", "Discriminatos", "D is of class Discriminatos where Discriminator is expected")]
    [InlineData("synthesis", "synthesiS", "G (Generator) has no synthesis; only generators and discriminators of StyleGAN2 can be read")]
    [InlineData("img_resolution", "img_resolutiom", "G (Generator) has no img_resolution that is an attribute")]
    [InlineData("torch_utils.persistence", "torch_utils.persistencf",
        "G, a module of stylegan2-ada-pytorch, is expected where it asks for torch_utils.persistencf._reconstruct_persistent_obj(...); "
            + "nothing was run")]
    [InlineData("Discriminator", "Discrimina\nor",
        "D, a module of stylegan2-ada-pytorch, is expected where it asks for torch_utils.persistence._reconstruct_persistent_obj(...); "
            + "nothing was run")]
    [InlineData("torch.storage", "torch.storagf", "a tensor has no storage")]
    public void What_is_no_network_of_StyleGAN2_is_refused_in_one_line(string text, string changed, string message)
    {
        byte[] file = File.ReadAllBytes(Golden.Path("ada", "ada-resnet", "network.pkl"));
        byte[] from = Encoding.ASCII.GetBytes(text), to = Encoding.ASCII.GetBytes(changed);
        for (int at = file.AsSpan().IndexOf(from); at >= 0; at = file.AsSpan().IndexOf(from))
        {
            to.CopyTo(file.AsSpan(at));
        }

        using TemporaryFolder folder = new();
        string path = folder.Write("bad.pkl", file);
        string refusal = Assert.Throws<InvalidDataException>(() => NetworkFile.Load(path).Networks).Message;
        Assert.Matches($"^{Regex.Escape(path)}: its network [GD] cannot be read: {Regex.Escape(message)}$", refusal);
    }

    [Fact]
    public void A_network_of_an_unknown_class_is_an_error_when_it_is_asked_for_and_not_before()
    {
        byte[] file = File.ReadAllBytes(Golden.Path("ada", "ada-resnet", "network.pkl"));
        for (int at = file.AsSpan().IndexOf("Discriminator"u8); at >= 0; at = file.AsSpan().IndexOf("Discriminator"u8))
        {
            "ProjectedGanD"u8.CopyTo(file.AsSpan(at));
        }

        NetworkFile networks = NetworkFile.Load(() => new MemoryStream(file), "net.pkl");
        Assert.Equal("G_main", networks.Gs.BuildFuncName.Split('.')[^1]);
        Assert.Equal(
            "net.pkl: its network D cannot be read: D is of class ProjectedGanD where Discriminator is expected",
            Assert.Throws<InvalidDataException>(() => networks.D).Message);
    }

    [Fact]
    public void A_generator_that_torch_saved_gives_the_images_of_the_paper_in_double_precision()
    {
        using NpzFile expected = Golden.Npz("cases", "torch", "expect.npz");
        using Graph graph = new();
        using Session session = new(graph);
        NetworkFile networks = NetworkFile.Load(Golden.Path("cases", "torch", "tuned_generator.pt"));
        Assert.Equal(1, networks.Count);
        EasyDict settings = new() { ["truncation_psi"] = 1.0, ["randomize_noise"] = false };
        NDArray images = new Network(session, networks.Gs).Run([expected["latents"], null], null, settings)[0];
        Golden.AssertWithin(2e-6, expected["images"], images, "images");
    }

    [Fact]
    public void A_generator_that_was_pickled_alone_is_one_network()
    {
        byte[] file = File.ReadAllBytes(Golden.Path("fuzz", "pickle", "torch-generator-alone.pkl"));
        NetworkFile networks = NetworkFile.Load(() => new MemoryStream(file), "net.pkl");
        Assert.Equal((1, "G_main"), (networks.Count, networks.Gs.BuildFuncName.Split('.')[^1]));
    }

    private static NDArray Images(Network gs, NpzFile golden, double psi) =>
        gs.Run([golden["z"], golden["c"]], null, new EasyDict { ["truncation_psi"] = psi, ["randomize_noise"] = false })[0];

    private static void InSession(string configuration, Action<Session, NetworkFile, NpzFile> test)
    {
        using NpzFile golden = Golden.Npz("ada", configuration, "expect.npz");
        using Graph graph = new();
        using Session session = new(graph);
        test(session, NetworkFile.Load(Golden.Path("ada", configuration, "network.pkl")), golden);
    }
}
