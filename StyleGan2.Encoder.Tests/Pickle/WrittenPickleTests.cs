using System.Text.Json;
using Dnnlib;
using Dnnlib.TfLib;
using NumSharp;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Graphs;
using TensorGraph.Numpy;
using TensorGraph.Runtime;
using Training.Networks;

namespace StyleGan2.Encoder.Tests.Pickle;

/// <summary>Networks that are written: Python loads them, and what is read back is equal to the bit.</summary>
public sealed class WrittenPickleTests : IDisposable
{
    private static readonly Dictionary<Type, string> s_dtypes = new()
    {
        [typeof(float)] = "<f4", [typeof(double)] = "<f8", [typeof(Half)] = "<f2", [typeof(byte)] = "|u1",
        [typeof(int)] = "<i4", [typeof(long)] = "<i8", [typeof(bool)] = "|b1",
    };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Configurations => NetworkPickleTests.Configurations;

    [Theory]
    [MemberData(nameof(Configurations))]
    public void Python_loads_what_is_written_of_every_configuration(string configuration)
    {
        NetworkFile pickle = NetworkFile.Load(Golden.Path("networks", configuration, "network.pkl"));
        string path = _folder.File("network.pkl");
        NetworkPickle.Save(path, pickle.G, pickle.D, pickle.Gs);
        AssertPythonReads(path, pickle.G, pickle.D, pickle.Gs);
    }

    [Fact]
    public void Python_loads_every_kind_of_setting_and_element_type()
    {
        NetworkState state = Sample();
        string path = _folder.File("network.pkl");
        NetworkPickle.Save(path, null, null, state);
        AssertPythonReads(path, null, null, state);
    }

    [Theory]
    [MemberData(nameof(Configurations))]
    public void What_is_read_back_is_equal_to_the_bit(string configuration)
    {
        NetworkFile pickle = NetworkFile.Load(Golden.Path("networks", configuration, "network.pkl"));
        string path = _folder.File("network.pkl");
        NetworkPickle.Save(path, pickle.G, pickle.D, pickle.Gs);
        NetworkFile read = NetworkFile.Load(path);
        Assert.Equal(pickle.Networks.SelectMany(n => Describe(n, "")), read.Networks.SelectMany(n => Describe(n, "")));
    }

    [Fact]
    public void Every_kind_of_setting_is_read_back_as_it_was()
    {
        string path = _folder.File("network.pkl");
        NetworkPickle.Save(path, Sample());
        EasyDict read = NetworkFile.Load(path).Gs.StaticKwargs;
        Assert.Equal(Sample().StaticKwargs.Keys, read.Keys);
        Assert.Equal((null, true, -1L, 1L << 40, 0.1, "gr\u00fc\u00df\n"),
            (read["none"], read["flag"], read["small"], read["large"], read["number"], read["text"]));
        Assert.Equal([1L, 3L, 3L, 1L], Assert.IsType<List<object?>>(read["list"]));
        Assert.Equal(["a", 2L], Assert.IsType<object?[]>(read["tuple"]));
        Assert.Equal(1L, Assert.IsType<EasyDict>(read["inner"])["x"]);
    }

    [Fact]
    public void A_live_network_is_saved_with_the_values_that_its_variables_have()
    {
        using Graph graph = new();
        using Session session = new(graph);
        using IDisposable asDefault = session.AsDefault();
        NetworkFile pickle = NetworkFile.Load(Golden.Path("networks", "config-f-labels", "network.pkl"));
        Network network = new(session, pickle.Gs);
        network.SetVar("G_mapping/Dense0/bias", np.ones(network.GetVar("G_mapping/Dense0/bias").shape, typeof(float)));

        string path = _folder.File("network.pkl");
        NetworkPickle.Save(path, network.GetState());

        NetworkState read = NetworkFile.Load(path).Gs;
        Assert.Equal(pickle.Gs.BuildModuleSrc, read.BuildModuleSrc);
        Assert.All(read.Components["mapping"].Variables.Single(v => v.Name == "Dense0/bias").Value.Values<float>(),
            b => Assert.Equal(1, b));
        Assert.Equal(Described(pickle.Gs).Order(), Described(read).Order());

        static IEnumerable<string> Described(NetworkState state) =>
            Describe(state, "").Where(l => !l.Contains(" Dense0/bias ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_network_that_came_with_no_program_text_names_the_references_module()
    {
        string path = _folder.File("network.pkl");
        NetworkPickle.Save(path, Sample() with { BuildModuleSrc = "", BuildFuncName = "training.networks_stylegan.G_style" });
        NetworkState read = NetworkFile.Load(path).Gs;
        Assert.Equal(("from training.networks_stylegan import *\n", "G_style"), (read.BuildModuleSrc, read.BuildFuncName));
    }

    [Fact]
    public void What_cannot_be_saved_is_named_and_leaves_the_old_file_and_no_other()
    {
        string path = _folder.Write("network.pkl", [1, 2, 3]);
        NetworkState state = Sample() with { StaticKwargs = new EasyDict { ["func"] = new object() } };
        string message = Assert.Throws<NotSupportedException>(() => NetworkPickle.Save(path, state)).Message;
        Assert.Equal("network Gs: its setting func cannot be saved: a Object is not plain data, which is all that a pickle can hold",
            message);
        Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFiles(_folder.Path));
    }

    private static NetworkState Sample()
    {
        EasyDict settings = new()
        {
            ["none"] = null,
            ["flag"] = true,
            ["small"] = -1,
            ["large"] = 1L << 40,
            ["number"] = 0.1,
            ["text"] = "gr\u00fc\u00df\n",
            ["list"] = new List<object?> { 1, 3, 3, 1 },
            ["tuple"] = new object?[] { "a", 2 },
            ["inner"] = new EasyDict { ["x"] = 1 },
            ["long"] = new string('y', 5000),
        };
        List<(string Name, NDArray Value)> variables =
        [
            ("f4", new[] { 1f, -2, float.NaN }.ToNDArray(3)),
            ("f8", new[] { 1.5, 2 }.ToNDArray(2, 1)),
            ("f2", new[] { (Half)0.5 }.ToNDArray(1)),
            ("u1", new byte[] { 1, 255 }.ToNDArray(2)),
            ("i4", new[] { -1 }.ToNDArray(1)),
            ("i8", new[] { -1L }.ToNDArray(1)),
            ("b1", new[] { true, false }.ToNDArray(2)),
            ("scalar", NDArray.Scalar(7f)),
            ("empty", np.zeros(new Shape(0, 5), typeof(float))),
            ("large", np.arange(1000).astype(typeof(float)).reshape(new Shape(10, 100)).transpose()),
        ];
        return new NetworkState(4, "Gs", settings, new Dictionary<string, NetworkState>(), "# text \u00fc\n", "G_main", variables);
    }

    private static void AssertPythonReads(string path, params NetworkState?[] networks)
    {
        string[] lines = SystemPython.Lines(Golden.Path("pickle", "unpickle.py"), path);
        Assert.Equal(networks.SelectMany((n, i) => Describe(n, $"{i}")), lines);
    }

    /// <summary>What a network holds, as <c>unpickle.py</c> prints it.</summary>
    private static IEnumerable<string> Describe(NetworkState? network, string path)
    {
        if (network is null)
        {
            return [$"{path} None"];
        }

        IEnumerable<string> settings = network.StaticKwargs.Select(s => $"{path} {s.Key} {PythonType(s.Value)} {Json(s.Value)}");
        IEnumerable<string> variables =
            network.Variables.Select(v => $"{path} {v.Name} {s_dtypes[v.Value.dtype]} [{string.Join(", ", v.Value.shape)}] {Hex(v.Value)}");
        string head = $"{path} {network.Version} {network.Name} {network.BuildFuncName} {Json(network.BuildModuleSrc)}";
        return [head, .. settings, .. variables, .. network.Components.SelectMany(c => Describe(c.Value, $"{path}/{c.Key}"))];
    }

    private static string PythonType(object? value) => value switch
    {
        null => "NoneType",
        bool => "bool",
        double => "float",
        string => "str",
        object?[] => "tuple",
        List<object?> => "list",
        EasyDict => "dict",
        _ => "int",
    };

    /// <summary>A value as Python's json writes it.</summary>
    private static string Json(object? value) => value switch
    {
        EasyDict dict => $"{{{string.Join(", ", dict.Select(e => $"{Json(e.Key)}: {Json(e.Value)}"))}}}",
        IReadOnlyList<object?> list => $"[{string.Join(", ", list.Select(Json))}]",
        _ => JsonSerializer.Serialize(value).Replace("\\u00FC", "\\u00fc", StringComparison.Ordinal)
            .Replace("\\u00DF", "\\u00df", StringComparison.Ordinal),
    };

    private static string Hex(NDArray array)
    {
        NDArray contiguous = array.Contiguous();
        string hex = Convert.ToHexStringLower(contiguous.Bytes());
        GC.KeepAlive(contiguous);
        return hex;
    }
}
