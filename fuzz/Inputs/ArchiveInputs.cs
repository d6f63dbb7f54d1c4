namespace Fuzz.Inputs;

/// <summary>What datasets come in: HDF5, LMDB, MNIST's gzip files and the pickles of CIFAR and SVHN.</summary>
internal static class ArchiveInputs
{
    private const string Program = "dataset_tool";

    internal static IEnumerable<HostileInput> All(int each)
    {
        foreach (string file in Directory.GetFiles(Samples.GoldenPath("dataset", "hdf5", "kinds")).Order(StringComparer.Ordinal))
        {
            string name = Path.GetFileNameWithoutExtension(file);
            yield return Hdf5(name, () => File.ReadAllBytes(file));
            foreach ((string damage, Func<byte[]> content) in Damage.Of(File.ReadAllBytes(file), (each + 3) / 4))
            {
                yield return Hdf5($"{name}-{damage}", content);
            }
        }

        foreach ((string name, Func<byte[]> content) in Damage.Of(Samples.Golden("dataset", "lsun", "lmdb", "data.mdb"), each))
        {
            yield return new HostileInput(
                "lmdb", name, Program, ["create_lsun", "{out}/made", "{in}", "--resolution", "16"], ("data.mdb", content));
        }

        (string, Func<byte[]>) bomb = ("bomb", () => Packed.Gzip(new byte[1 << 28]));
        foreach ((string name, Func<byte[]> content) in Damage.Of(Packed.Gzip(new byte[5000]), (each + 1) / 2).Append(bomb))
        {
            yield return new HostileInput("mnist", name, Program, ["create_mnist", "{out}/made", "{in}"],
                ("train-images-idx3-ubyte.gz", content), ("train-labels-idx1-ubyte.gz", content));
        }

        byte[] pickle = Samples.Golden("pickle", "arrays-2.pkl");
        foreach ((string name, Func<byte[]> content) in Damage.Of(pickle, (each + 1) / 2))
        {
            yield return new HostileInput("cifar", name, Program, ["create_cifar10", "{out}/made", "{in}"],
                [.. Enumerable.Range(1, 5).Select(i => ($"data_batch_{i}", content))]);
            yield return new HostileInput("svhn", name, Program, ["create_svhn", "{out}/made", "{in}"],
                [.. Enumerable.Range(1, 3).Select(i => ($"train_{i}.pkl", content))]);
        }
    }

    private static HostileInput Hdf5(string name, Func<byte[]> content) =>
        new("hdf5", name, Program, ["create_from_hdf5", "{out}/made", "{in}/set.h5"], ("set.h5", content));
}
