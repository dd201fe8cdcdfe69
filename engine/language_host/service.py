"""The gRPC service `pulumirpc.LanguageRuntime`, which the CLI asks, answered for Python."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import grpc
from google.protobuf import empty_pb2
from google.protobuf.json_format import MessageToDict
from pulumi.runtime.proto import language_pb2, language_pb2_grpc, plugin_pb2
from typing_extensions import override

from engine.language_host.environment import Environment as ProgramEnvironment
from engine.language_host.environment import UnusableEnvironmentError, environment
from engine.language_host.installation import InstallationError, install
from engine.language_host.packages import dependencies, required_packages
from engine.language_host.program import Programs, location, outcome
from engine.process import ask


class LanguageHost(language_pb2_grpc.LanguageRuntimeServicer):
    """Answers one engine.

    Code generation and running plugins from source are not answered: gRPC refuses them.
    """

    def __init__(self, engine_address: str) -> None:
        """`engine_address` is where programs send their log messages."""
        self._engine_address = engine_address
        self.programs = Programs()

    @override
    def Handshake(
        self, request: language_pb2.LanguageHandshakeRequest, context: grpc.ServicerContext
    ) -> language_pb2.LanguageHandshakeResponse:
        """Take the address of an engine that attaches to a host it has not started."""
        self._engine_address = request.engine_address
        return language_pb2.LanguageHandshakeResponse()

    @override
    def GetPluginInfo(
        self, request: empty_pb2.Empty, context: grpc.ServicerContext
    ) -> plugin_pb2.PluginInfo:
        """The version of this host, which is that of the SDK it runs programs with."""
        return plugin_pb2.PluginInfo(version=version("pulumi"))

    @override
    def GetRequiredPackages(
        self, request: language_pb2.GetRequiredPackagesRequest, context: grpc.ServicerContext
    ) -> language_pb2.GetRequiredPackagesResponse:
        """The plugins that the program's packages need."""
        found = required_packages(_environment(request.info, context).site_packages())
        return language_pb2.GetRequiredPackagesResponse(packages=found)

    @override
    def GetProgramDependencies(
        self, request: language_pb2.GetProgramDependenciesRequest, context: grpc.ServicerContext
    ) -> language_pb2.GetProgramDependenciesResponse:
        """The packages that are installed for the program, for `pulumi about`."""
        site_packages = _environment(request.info, context).site_packages()
        return language_pb2.GetProgramDependenciesResponse(
            dependencies=dependencies(site_packages, transitive=request.transitiveDependencies)
        )

    @override
    def About(
        self, request: language_pb2.AboutRequest, context: grpc.ServicerContext
    ) -> language_pb2.AboutResponse:
        """The program's interpreter and its version, for `pulumi about`."""
        python = _environment(request.info, context).python
        answer = ask([python, "--version"])
        return language_pb2.AboutResponse(
            executable=str(python), version=answer.output.strip().removeprefix("Python ")
        )

    @override
    def RuntimeOptionsPrompts(
        self, request: language_pb2.RuntimeOptionsRequest, context: grpc.ServicerContext
    ) -> language_pb2.RuntimeOptionsResponse:
        """Nothing has to be asked when a project is made."""
        return language_pb2.RuntimeOptionsResponse()

    @override
    def InstallDependencies(
        self, request: language_pb2.InstallDependenciesRequest, context: grpc.ServicerContext
    ) -> Iterator[language_pb2.InstallDependenciesResponse]:
        """Make the program's environment, for `pulumi install`; passes on pip's output."""
        try:
            wanted = _declared_environment(request.info, context)
            for output in install(wanted, Path(request.info.program_directory)):
                yield language_pb2.InstallDependenciesResponse(stdout=output)
        except InstallationError as error:
            context.abort(grpc.StatusCode.FAILED_PRECONDITION, str(error))

    @override
    def Run(
        self, request: language_pb2.RunRequest, context: grpc.ServicerContext
    ) -> language_pb2.RunResponse:
        """Run the program to its end."""
        if request.attach_debugger:
            return language_pb2.RunResponse(error="this language host cannot attach a debugger")
        info = request.info
        exit_code = self.programs.run(
            {
                "program": str(location(info.program_directory, info.entry_point)),
                "arguments": list(request.args),
                "directory": request.pwd or info.program_directory,
                "root": info.root_directory,
                "monitor": request.monitor_address,
                "engine": self._engine_address,
                "organization": request.organization,
                "project": request.project,
                "stack": request.stack,
                "dry_run": request.dryRun,
                "parallel": request.parallel,
                "config": dict(request.config),
                "secret_keys": list(request.configSecretKeys),
            },
            _environment(info, context),
        )
        error, told = outcome(exit_code)
        return language_pb2.RunResponse(error=error, bail=told)

    @override
    def Cancel(self, request: empty_pb2.Empty, context: grpc.ServicerContext) -> empty_pb2.Empty:
        """End the program at once."""
        self.programs.stop()
        return empty_pb2.Empty()


def _environment(
    info: language_pb2.ProgramInfo, context: grpc.ServicerContext
) -> ProgramEnvironment:
    """The program's environment; ends the call with a sentence when it cannot be used."""
    declared = _declared_environment(info, context)
    if not declared.python.exists():
        context.abort(
            grpc.StatusCode.FAILED_PRECONDITION,
            f"The virtual environment {declared.virtualenv}, named in Pulumi.yaml, does not exist. "
            "`pulumi install` makes it from requirements.txt.",
        )
    return declared


def _declared_environment(
    info: language_pb2.ProgramInfo, context: grpc.ServicerContext
) -> ProgramEnvironment:
    try:
        return environment(Path(info.root_directory), MessageToDict(info.options))
    except UnusableEnvironmentError as error:
        context.abort(grpc.StatusCode.INVALID_ARGUMENT, str(error))
