package main

import (
	"os/exec"
	"sync"
	"time"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"
)

// The SDK's own runner of policy packs, the one that the pack's folder sees.
const runner = `require("@pulumi/pulumi/cmd/run-policy-pack")`

// The place of the script's name among the arguments: the runner leaves it out.
const scriptName = "run-policy-pack"

// How long a pack may take to end after it was asked to.
const patience = 5 * time.Second

func runPolicyPack(message message, engine grpc.ServerStream) error {
	var request pulumirpc.RunPluginRequest
	if err := proto.Unmarshal(message, &request); err != nil {
		return err
	}
	if request.Kind != "analyzer" {
		return status.Errorf(codes.Unimplemented, "this host starts policy packs and no other plugin in Node")
	}
	folder := request.GetInfo().GetProgramDirectory()
	args := append([]string{"-e", runner, scriptName}, request.Args...)
	pack := exec.CommandContext(engine.Context(), "node", append(args, folder)...)
	pack.Dir, pack.Env, pack.WaitDelay = folder, request.Env, patience
	answers := &answers{engine: engine}
	pack.Stdout = output{answers, func(text []byte) *pulumirpc.RunPluginResponse {
		return &pulumirpc.RunPluginResponse{Output: &pulumirpc.RunPluginResponse_Stdout{Stdout: text}}
	}}
	pack.Stderr = output{answers, func(text []byte) *pulumirpc.RunPluginResponse {
		return &pulumirpc.RunPluginResponse{Output: &pulumirpc.RunPluginResponse_Stderr{Stderr: text}}
	}}
	if err := pack.Run(); pack.ProcessState == nil {
		return err
	}
	code := int32(pack.ProcessState.ExitCode()) //nolint:gosec // an exit code is small
	return answers.send(&pulumirpc.RunPluginResponse{Output: &pulumirpc.RunPluginResponse_Exitcode{Exitcode: code}})
}

// answers keeps the two outputs of a pack from sending at the same time.
type answers struct {
	engine grpc.ServerStream
	lock   sync.Mutex
}

func (a *answers) send(answer *pulumirpc.RunPluginResponse) error {
	data, err := proto.Marshal(answer)
	if err != nil {
		return err
	}
	a.lock.Lock()
	defer a.lock.Unlock()
	sent := message(data)
	return a.engine.SendMsg(&sent)
}

// output sends what a pack prints.
type output struct {
	answers *answers
	wrap    func(text []byte) *pulumirpc.RunPluginResponse
}

func (o output) Write(text []byte) (int, error) {
	return len(text), o.answers.send(o.wrap(text))
}
