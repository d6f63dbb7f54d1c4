"""Unpickles a file of networks as the reference would, with a stand-in for its class, and prints what it holds, a line each, for WrittenPickleTests to compare.

    apt-get install python3 python3-numpy
    python3 unpickle.py NETWORK.pkl
"""

import json
import pickle
import pickletools
import sys

import numpy as np


class Network:
    def __setstate__(self, state):
        assert state['version'] in (2, 3, 4)
        self.state = state


KNOWN = {
    ('dnnlib.tflib.network', 'Network'): Network,
    ('numpy.core.multiarray', '_reconstruct'): np.core.multiarray._reconstruct,
    ('numpy', 'ndarray'): np.ndarray,
    ('numpy', 'dtype'): np.dtype,
}


class Unpickler(pickle.Unpickler):
    def find_class(self, module, name):
        return KNOWN[module, name]


def show(network, path):
    if network is None:
        print(path, 'None')
        return
    state = network.state
    assert list(state) == ['version', 'name', 'static_kwargs', 'components', 'build_module_src', 'build_func_name', 'variables']
    print(path, state['version'], state['name'], state['build_func_name'], json.dumps(state['build_module_src']))
    for name, value in state['static_kwargs'].items():
        print(path, name, type(value).__name__, json.dumps(value))
    for name, value in state['variables']:
        assert type(value) is np.ndarray and value.flags.c_contiguous and value.flags.writeable
        print(path, name, value.dtype.str, list(value.shape), value.tobytes().hex())
    for name, component in state['components'].items():
        show(component, path + '/' + name)


def main(path):
    with open(path, 'rb') as file:
        operations = [operation.name for operation, _, _ in pickletools.genops(file)]
        assert operations[0] == 'PROTO' and max(operation.proto for operation in pickletools.opcodes if operation.name in operations) == 4
        file.seek(0)
        networks = Unpickler(file).load()
        assert file.read() == b''
    for index, network in enumerate(networks if isinstance(networks, tuple) else [networks]):
        show(network, str(index))


main(*sys.argv[1:])
